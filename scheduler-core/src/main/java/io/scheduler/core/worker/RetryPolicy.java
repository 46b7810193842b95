package io.scheduler.core.worker;

import java.time.Duration;
import java.util.Optional;

/** Decides what becomes of a message whose handler failed. Safe for use by several threads. */
@FunctionalInterface
public interface RetryPolicy {

    /**
     * Decides whether and when to try again.
     *
     * @param attempt how many times the message has been handed out, this time included
     * @param failure what the handler threw
     * @return how long to wait before the next attempt; empty to give the message up
     */
    Optional<Duration> delayAfter(int attempt, Throwable failure);

    /**
     * After how many attempts this policy gives a message up, whatever the failure. For
     * {@link HandlerContext#isLastAttempt}; what counts is {@link #delayAfter}.
     *
     * @return at least 1; {@link Integer#MAX_VALUE} by default, for a policy without such a number
     */
    default int maxAttempts() {
        return Integer.MAX_VALUE;
    }

    /**
     * Waits about twice as long after each attempt, with a random part of half of it, so that messages that failed
     * together do not come back together.
     *
     * @param first how long to wait after the first attempt, longer than zero
     * @param longest how long to wait at most, not shorter than {@code first}
     * @param maxAttempts how many attempts a message has, at least 1. The queue has a maximum of its own, and the
     *     smaller of the two holds
     * @return the policy
     * @throws IllegalArgumentException if a value breaks its rule
     */
    static RetryPolicy exponential(Duration first, Duration longest, int maxAttempts) {
        return new ExponentialRetry(first, longest, maxAttempts);
    }

    /**
     * Waits the same time after each attempt.
     *
     * @param delay how long, zero or longer
     * @param maxAttempts how many attempts a message has, at least 1
     * @return the policy
     * @throws IllegalArgumentException if a value breaks its rule
     */
    static RetryPolicy fixed(Duration delay, int maxAttempts) {
        return new FixedRetry(delay, maxAttempts);
    }

    /**
     * Gives a message up when it fails for the first time.
     *
     * @return the policy
     */
    static RetryPolicy never() {
        return new FixedRetry(Duration.ZERO, 1);
    }
}
