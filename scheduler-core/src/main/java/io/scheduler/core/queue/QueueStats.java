package io.scheduler.core.queue;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What is in a queue, at one moment.
 *
 * @param ready messages that wait for a consumer
 * @param delayed messages whose time has not come
 * @param inFlight messages that consumers hold and have not settled
 * @param dead messages that were given up
 * @param consumers consumers that the broker knows of
 * @param oldestReadyAge how long the oldest ready message has been waiting; empty if none is ready
 */
public record QueueStats(
        long ready, long delayed, long inFlight, long dead, int consumers, Optional<Duration> oldestReadyAge) {

    /** A queue with nothing in it. */
    public static final QueueStats EMPTY = new QueueStats(0, 0, 0, 0, 0, Optional.empty());

    /**
     * Checks the counts.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public QueueStats {
        Objects.requireNonNull(oldestReadyAge, "oldestReadyAge");
        if (ready < 0 || delayed < 0 || inFlight < 0 || dead < 0 || consumers < 0) {
            throw new IllegalArgumentException("Counts cannot be negative: ready=" + ready + ", delayed=" + delayed
                    + ", inFlight=" + inFlight + ", dead=" + dead + ", consumers=" + consumers);
        }
    }

    /**
     * How many messages the queue has to work on: ready, delayed and in flight, without the dead ones.
     *
     * @return the sum
     */
    public long size() {
        return ready + delayed + inFlight;
    }
}
