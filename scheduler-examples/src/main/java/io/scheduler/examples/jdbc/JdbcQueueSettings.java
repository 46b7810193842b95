package io.scheduler.examples.jdbc;

import io.scheduler.core.queue.Delivery;
import java.time.Duration;
import java.util.Objects;

/**
 * How a {@link JdbcMessageQueue} behaves. Queue objects that receive from one queue should agree on it.
 *
 * @param lease how long a consumer has for a message before somebody else gets it: at least a millisecond
 * @param maxAttempts how many times a message is handed out before it goes to the dead letters: at least 1
 * @param deduplicationWindow how long a message id is remembered after it was stored: longer than zero
 * @param maxPayloadSize how many bytes an encoded payload may have: at least 1
 * @param pollInterval how often a waiting consumer looks for what nobody told it of: at least a millisecond
 * @param timeout how long one statement may take, in whole seconds: at least 1
 */
public record JdbcQueueSettings(
        Duration lease,
        int maxAttempts,
        Duration deduplicationWindow,
        int maxPayloadSize,
        Duration pollInterval,
        Duration timeout) {

    /** A lease of 30 seconds, 10 attempts, a window of 2 minutes, 1 MiB, and a look every 200 milliseconds. */
    public static final JdbcQueueSettings DEFAULTS = new JdbcQueueSettings(
            Duration.ofSeconds(30), 10, Duration.ofMinutes(2), 1 << 20, Duration.ofMillis(200), Duration.ofSeconds(5));

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public JdbcQueueSettings {
        requireBetween("lease", lease, Duration.ofMillis(1));
        requirePositive("maxAttempts", maxAttempts);
        requireBetween("deduplicationWindow", deduplicationWindow, Duration.ofMillis(1));
        requirePositive("maxPayloadSize", maxPayloadSize);
        requireBetween("pollInterval", pollInterval, Duration.ofMillis(1));
        requireBetween("timeout", timeout, Duration.ofSeconds(1));
    }

    /**
     * These settings with another lease.
     *
     * @param value at least a millisecond
     * @return a copy
     */
    public JdbcQueueSettings withLease(Duration value) {
        return new JdbcQueueSettings(value, maxAttempts, deduplicationWindow, maxPayloadSize, pollInterval, timeout);
    }

    /**
     * These settings with another number of attempts.
     *
     * @param value at least 1
     * @return a copy
     */
    public JdbcQueueSettings withMaxAttempts(int value) {
        return new JdbcQueueSettings(lease, value, deduplicationWindow, maxPayloadSize, pollInterval, timeout);
    }

    private static void requireBetween(String name, Duration value, Duration min) {
        Objects.requireNonNull(value, name);
        if (value.compareTo(min) < 0 || value.compareTo(Delivery.MAX_DELAY) > 0) {
            throw new IllegalArgumentException(
                    "Invalid " + name + " " + value + ": allowed are " + min + " to " + Delivery.MAX_DELAY);
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("Invalid " + name + " " + value + ": it must be at least 1");
        }
    }
}
