package io.scheduler.core.worker;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Waits about twice as long after each attempt, spread by chance. */
record ExponentialRetry(Duration first, Duration longest, int maxAttempts) implements RetryPolicy {

    ExponentialRetry {
        FixedRetry.requireAttempts(maxAttempts);
        if (first.isZero() || first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("Invalid delays " + first + " to " + longest
                    + ": the first must be longer than zero, the longest no shorter");
        }
    }

    @Override
    public Optional<Duration> delayAfter(int attempt, Throwable failure) {
        if (attempt >= maxAttempts) {
            return Optional.empty();
        }
        double millis = Math.min(first.toMillis() * Math.pow(2, attempt - 1.0), longest.toMillis());
        double spread = 0.75 + ThreadLocalRandom.current().nextDouble() * 0.5;
        return Optional.of(Duration.ofMillis(Math.min(Math.round(millis * spread), longest.toMillis())));
    }
}
