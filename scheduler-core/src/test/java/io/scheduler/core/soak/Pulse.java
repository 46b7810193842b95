package io.scheduler.core.soak;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A thread that sleeps briefly, over and over: where it overslept, the whole process stood still or had no turn. */
final class Pulse implements Stalls, AutoCloseable {

    private static final long BEAT_NANOS = Duration.ofMillis(5).toNanos();
    private static final long STALL_NANOS = Duration.ofMillis(20).toNanos();

    private record Stall(long from, long to) {}

    private final List<Stall> stalls = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::beat, "soak-pulse");
    private volatile boolean closed;
    private volatile long longest;

    Pulse() {
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public Duration between(Moment from, Moment to) {
        return Duration.ofNanos(stalls.stream()
                .mapToLong(stall -> Math.max(0, Math.min(stall.to, to.nanos()) - Math.max(stall.from, from.nanos())))
                .sum());
    }

    Duration longest() {
        return Duration.ofNanos(longest);
    }

    /** What was before is not asked for any more. */
    void forget() {
        stalls.clear();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void beat() {
        long last = System.nanoTime();
        while (!closed) {
            LockSupport.parkNanos(BEAT_NANOS);
            long now = System.nanoTime();
            if (now - last > STALL_NANOS) {
                stalls.add(new Stall(last, now));
                longest = Math.max(longest, now - last);
            }
            last = now;
        }
    }
}
