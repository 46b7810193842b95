package io.scheduler.core.soak;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Somebody who does something in a thread of its own, as chance has it, until the round is over. */
abstract class Actor {

    private final Thread thread;
    private final Supplier<Phase> phase;
    private volatile Optional<Throwable> failure = Optional.empty();
    final Random random;

    Actor(String name, Supplier<Phase> phase, long seed) {
        this.phase = phase;
        this.random = new Random(seed);
        this.thread = new Thread(this::act, "soak-" + name);
        thread.setDaemon(true);
    }

    abstract void run();

    final void start() {
        thread.start();
    }

    final boolean hasEnded() {
        return !thread.isAlive();
    }

    /** Returns whether it has ended in time. */
    final boolean join(Duration time) throws InterruptedException {
        thread.join(Math.max(1, time.toMillis()));
        return hasEnded();
    }

    /** What ended it, if nothing should have. */
    final Optional<Throwable> failure() {
        return failure;
    }

    final Phase phase() {
        return phase.get();
    }

    /** Waits for a part of a time, or less if the phase changes. */
    final void pause(Duration atMost) {
        sleep(Duration.ofMillis(random.nextLong(atMost.toMillis() + 1)));
    }

    /** Waits for a time, or less if the phase changes. */
    final void sleep(Duration time) {
        Phase now = phase();
        long end = System.nanoTime() + time.toNanos();
        for (long rest = time.toNanos(); rest > 0 && phase() == now; rest = end - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(rest, 10_000_000));
        }
    }

    final boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private void act() {
        try {
            run();
        } catch (Throwable e) {
            failure = Optional.of(e);
        }
    }
}
