package io.scheduler.infrastructure.model;

import java.time.Duration;
import java.util.List;

/**
 * How the queues under test are configured, and which durations random operations draw from. They are chosen so that no
 * lease and no deduplication window ever ends at the very moment of an operation, where the contract says nothing.
 *
 * @param operations how many operations a sequence has
 * @param operationsPerPass in how many of them, on average, time passes once
 * @param lease the lease
 * @param maxAttempts how often a message is delivered at most
 * @param deduplicationWindow how long message ids are remembered
 * @param delays how far ahead a {@code notBefore} lies, and how long a {@code nack} delays
 * @param passes how much time passes at once
 * @param exact whether the broker's time stands still between two passes, so that ages can be compared
 */
record Pace(
        int operations,
        int operationsPerPass,
        Duration lease,
        int maxAttempts,
        Duration deduplicationWindow,
        List<Duration> delays,
        List<Duration> passes,
        boolean exact) {}
