package io.scheduler.examples.benchmark;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A number of messages goes the whole way: published and, at the same time, consumed. */
final class WholeWork {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    private WholeWork() {}

    /** Runs both until everything that was published is consumed: messages per second of the whole work. */
    static double rate(int messages, Callable<?> publisher, Threads.Step consumer) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            long start = System.nanoTime();
            Future<?> published = thread.submit(publisher);
            int consumed = 0;
            while (consumed < messages) {
                int step = consumer.messages();
                if (step == 0 && published.isDone()) {
                    published.get(); // tells why there is nothing more
                }
                consumed += step;
                if (System.nanoTime() - start > LONGEST.toNanos()) {
                    throw new IllegalStateException(consumed + " of " + messages + " messages came in " + LONGEST);
                }
            }
            double rate = messages * 1e9 / (System.nanoTime() - start);
            published.get();
            return rate;
        } finally {
            thread.shutdownNow();
        }
    }
}
