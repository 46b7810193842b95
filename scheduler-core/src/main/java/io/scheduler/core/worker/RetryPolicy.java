package io.scheduler.core.worker;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

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
        requireAttempts(maxAttempts);
        if (first.isZero() || first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("Invalid delays " + first + " to " + longest
                    + ": the first must be longer than zero, the longest no shorter");
        }
        return (attempt, failure) -> {
            if (attempt >= maxAttempts) {
                return Optional.empty();
            }
            double millis = Math.min(first.toMillis() * Math.pow(2, attempt - 1.0), longest.toMillis());
            double spread = 0.75 + ThreadLocalRandom.current().nextDouble() * 0.5;
            return Optional.of(Duration.ofMillis(Math.min(Math.round(millis * spread), longest.toMillis())));
        };
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
        requireAttempts(maxAttempts);
        if (delay.isNegative()) {
            throw new IllegalArgumentException("Invalid delay " + delay + ": it cannot be negative");
        }
        return (attempt, failure) -> attempt >= maxAttempts ? Optional.empty() : Optional.of(delay);
    }

    /**
     * Gives a message up when it fails for the first time.
     *
     * @return the policy
     */
    static RetryPolicy never() {
        return (attempt, failure) -> Optional.empty();
    }

    private static void requireAttempts(int maxAttempts) {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("Invalid maxAttempts " + maxAttempts + ": it must be at least 1");
        }
    }
}
