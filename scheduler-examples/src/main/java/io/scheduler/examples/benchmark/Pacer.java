package io.scheduler.examples.benchmark;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Sends messages at a fixed rate, each at its time, and takes the time from then until it arrives. A sender that was
 * held up does not leave out what it could not send meanwhile: those come at once, and late (without this "coordinated
 * omission" would hide the worst).
 */
final class Pacer {

    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);

    private Pacer() {}

    /** The latencies in nanoseconds. */
    static Histogram measure(PacedPath path, int perSecond, Duration time) throws Exception {
        long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        int messages = messages(perSecond, time);
        Histogram times = histogram();
        CountDownLatch arrived = new CountDownLatch(messages);
        try (PacedPath.Open open = path.open(due -> {
            record(times, System.nanoTime() - due);
            arrived.countDown();
        })) {
            long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
            for (int i = 0; i < messages; i++) {
                long due = start + i * interval;
                for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                open.send(due);
            }
            if (!arrived.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException(path.name() + " lost " + arrived.getCount() + " messages");
            }
        }
        return times;
    }

    /** How many are sent. */
    static int messages(int perSecond, Duration time) {
        return Math.max(10, (int) (time.toNanos() * perSecond / TimeUnit.SECONDS.toNanos(1)));
    }

    /** One for nanoseconds, that several threads can write to. */
    static Histogram histogram() {
        return new ConcurrentHistogram(LONGEST_NANOS, 3);
    }

    static void record(Histogram times, long nanos) {
        times.recordValue(Math.min(LONGEST_NANOS, Math.max(0, nanos)));
    }
}
