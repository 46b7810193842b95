package io.scheduler.infrastructure.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that stands still until somebody turns it: for tests of what happens when a delay or a lease ends. Safe for
 * use by several threads.
 */
public final class ManualClock implements InstantSource {

    private final AtomicReference<Instant> now;

    /** A clock that stands at the beginning of the year 2026, so that each run of a test sees the same times. */
    public ManualClock() {
        this(Instant.parse("2026-01-01T00:00:00Z"));
    }

    /**
     * A clock that stands at a certain time.
     *
     * @param start the time
     */
    public ManualClock(Instant start) {
        now = new AtomicReference<>(Objects.requireNonNull(start, "start"));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    /**
     * Turns the clock forward. Whoever waits for a message sees it within a few milliseconds.
     *
     * @param duration how far
     * @throws IllegalArgumentException if it is negative
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("Invalid duration " + duration + ": time does not run backwards");
        }
        now.updateAndGet(instant -> instant.plus(duration));
    }

    /** Shows the time at which it stands. */
    @Override
    public String toString() {
        return "ManualClock[" + instant() + "]";
    }
}
