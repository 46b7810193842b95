package io.scheduler.infrastructure.retry;

import java.time.Duration;

/**
 * How often and how patiently a {@link RetryingMessageQueue} tries.
 *
 * <p>The delay before attempt <i>n</i> + 1 is {@code baseDelay} × 2<sup><i>n</i> - 1</sup>, at random up to half of
 * that shorter or longer, so that clients which failed together do not come back together. It stops growing where its
 * longest form reaches {@code maxDelay}, and is random there, too.
 *
 * <p>A message id is remembered only for the queue's deduplication window. Keep all attempts together, with the time
 * that each may take, well inside of it: then a publication that was repeated is stored once.
 *
 * @param maxAttempts how often to try, the first attempt included: 1, which means never again, to 100
 * @param baseDelay the middle of the first delay, in whole milliseconds: 1 ms to {@code maxDelay}
 * @param maxDelay no delay is longer: {@code baseDelay} to 1 day
 */
public record RetryOptions(int maxAttempts, Duration baseDelay, Duration maxDelay) {

    /** The longest delay unless told otherwise: 30 seconds. */
    public static final Duration DEFAULT_MAX_DELAY = Duration.ofSeconds(30);

    private static final int MOST_ATTEMPTS = 100;
    private static final Duration SHORTEST_DELAY = Duration.ofMillis(1);
    private static final Duration LONGEST_DELAY = Duration.ofDays(1);

    /**
     * Checks every setting.
     *
     * @throws IllegalArgumentException if one is out of its range; the text names it, its value, and what is allowed
     */
    public RetryOptions {
        if (maxAttempts < 1 || maxAttempts > MOST_ATTEMPTS) {
            throw new IllegalArgumentException(
                    "Invalid maxAttempts " + maxAttempts + ": allowed are 1 to " + MOST_ATTEMPTS);
        }
        if (maxDelay.compareTo(SHORTEST_DELAY) < 0 || maxDelay.compareTo(LONGEST_DELAY) > 0) {
            throw new IllegalArgumentException("Invalid maxDelay " + maxDelay + ": allowed are " + SHORTEST_DELAY
                    + " to " + LONGEST_DELAY + ", and not less than baseDelay");
        }
        if (baseDelay.compareTo(SHORTEST_DELAY) < 0 || baseDelay.compareTo(maxDelay) > 0) {
            throw new IllegalArgumentException("Invalid baseDelay " + baseDelay + ": allowed are " + SHORTEST_DELAY
                    + " to maxDelay, which is " + maxDelay);
        }
    }

    /**
     * Options with the {@linkplain #DEFAULT_MAX_DELAY default} longest delay, or {@code baseDelay} if that is longer.
     *
     * @param maxAttempts how often to try, the first attempt included: 1 to 100
     * @param baseDelay the middle of the first delay: 1 ms to 1 day
     * @return the options
     * @throws IllegalArgumentException if a setting is out of its range; the text says which, and what is allowed
     */
    public static RetryOptions of(int maxAttempts, Duration baseDelay) {
        return new RetryOptions(
                maxAttempts, baseDelay, baseDelay.compareTo(DEFAULT_MAX_DELAY) > 0 ? baseDelay : DEFAULT_MAX_DELAY);
    }
}
