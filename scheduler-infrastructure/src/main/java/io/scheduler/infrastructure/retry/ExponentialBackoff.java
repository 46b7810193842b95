package io.scheduler.infrastructure.retry;

import io.github.resilience4j.core.IntervalFunction;

/** The delays between attempts, as {@link RetryOptions} promises them. */
final class ExponentialBackoff {

    private static final double MULTIPLIER = 2;
    private static final double RANDOMIZATION = 0.5;

    private ExponentialBackoff() {}

    /**
     * The delay in milliseconds after the attempt of a number, the first being 1.
     *
     * <p>Not Resilience4j's own {@code ofExponentialRandomBackoff} with a maximum: that cuts off what the random part
     * adds, so that in a long outage all clients wait for exactly the maximum and come back at the same moment.
     */
    static IntervalFunction of(RetryOptions options) {
        long max = options.maxDelay().toMillis();
        long highestMiddle = Math.max(1, (long) (max / (1 + RANDOMIZATION)));
        IntervalFunction middle =
                IntervalFunction.ofExponentialBackoff(options.baseDelay().toMillis(), MULTIPLIER, highestMiddle);
        return attempt -> {
            long random = IntervalFunction.ofRandomized(middle.apply(attempt), RANDOMIZATION)
                    .apply(attempt);
            return Math.min(random, max);
        };
    }
}
