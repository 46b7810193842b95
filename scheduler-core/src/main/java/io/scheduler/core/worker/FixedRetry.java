package io.scheduler.core.worker;

import java.time.Duration;
import java.util.Optional;

/** Waits the same time after each attempt. */
record FixedRetry(Duration delay, int maxAttempts) implements RetryPolicy {

    FixedRetry {
        requireAttempts(maxAttempts);
        if (delay.isNegative()) {
            throw new IllegalArgumentException("Invalid delay " + delay + ": it cannot be negative");
        }
    }

    static void requireAttempts(int maxAttempts) {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("Invalid maxAttempts " + maxAttempts + ": it must be at least 1");
        }
    }

    @Override
    public Optional<Duration> delayAfter(int attempt, Throwable failure) {
        return attempt >= maxAttempts ? Optional.empty() : Optional.of(delay);
    }
}
