package io.scheduler.examples.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Does one thing over and over on several threads, and measures how often in a second. */
final class Threads {

    /** What one thread does over and over. */
    @FunctionalInterface
    interface Step {

        /** Does it once, and tells how many messages that were; none: there is nothing left to do. */
        int messages() throws Exception;
    }

    private Threads() {}

    /** Each thread makes its own step with the maker, then all begin together, and go on until the time is over. */
    static double rate(int threads, Duration time, Callable<Step> maker) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch ready = new CountDownLatch(threads);
            CountDownLatch go = new CountDownLatch(1);
            List<Future<Long>> counts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                counts.add(pool.submit(() -> {
                    Step step = maker.call();
                    ready.countDown();
                    go.await();
                    return repeat(step, time);
                }));
            }
            if (!ready.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The threads did not get ready");
            }
            long start = System.nanoTime();
            go.countDown();
            long messages = 0;
            for (Future<Long> count : counts) {
                messages += count.get();
            }
            return messages * 1e9 / (System.nanoTime() - start);
        } finally {
            pool.shutdown();
        }
    }

    private static long repeat(Step step, Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        long messages = 0;
        do {
            int done = step.messages();
            if (done == 0) {
                break;
            }
            messages += done;
        } while (System.nanoTime() < end);
        return messages;
    }

    static void sleep(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
