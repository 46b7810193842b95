package io.scheduler.core.queue.contract;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Several threads that begin at the same moment. */
final class Together {

    static final int THREADS = 8;

    private Together() {}

    /** Runs a task once in each thread, given the thread's number, and returns the results in the threads' order. */
    static <T> List<T> run(IntFunction<T> task) {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<T>> futures = IntStream.range(0, THREADS)
                    .mapToObj(thread -> threads.submit(() -> {
                        start.await();
                        return task.apply(thread);
                    }))
                    .toList();
            return futures.stream().map(Outcome::of).toList();
        } finally {
            threads.shutdownNow();
        }
    }
}
