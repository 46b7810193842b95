package io.scheduler.core.soak;

import java.time.Duration;
import java.time.Instant;

/**
 * When something happened in this process.
 *
 * @param nanos by {@link System#nanoTime}, to tell what came before what
 * @param time by the broker's clock, to tell what was due
 */
record Moment(long nanos, Instant time) {

    static Moment first(Moment one, Moment other) {
        return other.isBefore(one) ? other : one;
    }

    static Moment last(Moment one, Moment other) {
        return other.isBefore(one) ? one : other;
    }

    boolean isBefore(Moment other) {
        return nanos - other.nanos < 0;
    }

    Duration until(Moment later) {
        return Duration.ofNanos(later.nanos - nanos);
    }

    /** Brokers count in milliseconds. */
    long millis() {
        return time.toEpochMilli();
    }
}
