package io.scheduler.infrastructure.memory;

import io.scheduler.core.message.PayloadCodec;
import io.scheduler.core.queue.Delivery;
import java.time.Duration;
import java.util.Objects;

/** Builds an {@link InMemoryMessageQueue} step by step; for use by one thread. */
public final class InMemoryMessageQueueBuilder {

    /** As long as the longest delay: what is added to the time stays a time. */
    private static final Duration MAX_LEASE = Delivery.MAX_DELAY;

    final PayloadCodec codec;
    final InMemoryBroker broker;
    Duration deduplicationWindow = Duration.ofMinutes(2);
    int maxPayloadSize = 1 << 20;
    Duration lease = Duration.ofSeconds(30);
    int maxAttempts = 10;

    InMemoryMessageQueueBuilder(PayloadCodec codec, InMemoryBroker broker) {
        this.codec = Objects.requireNonNull(codec, "codec");
        this.broker = Objects.requireNonNull(broker, "broker");
    }

    /**
     * Sets for how long a message id is remembered after it was stored. Default: 2 minutes. Queue objects on one broker
     * should agree on it: each publication forgets ids that are older than its own window.
     *
     * @param value a positive duration
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    public InMemoryMessageQueueBuilder deduplicationWindow(Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(
                    "Invalid deduplicationWindow " + value + ": allowed are durations longer than zero");
        }
        deduplicationWindow = value;
        return this;
    }

    /**
     * Sets how large an encoded payload may be. Default: 1 MiB.
     *
     * @param bytes at least 1
     * @return this builder
     * @throws IllegalArgumentException if it is less than 1
     */
    public InMemoryMessageQueueBuilder maxPayloadSize(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("Invalid maxPayloadSize " + bytes + ": allowed is 1 byte and more");
        }
        maxPayloadSize = bytes;
        return this;
    }

    /**
     * Sets how long a consumer has for a message that it received, before somebody else gets it. Default: 30 seconds.
     *
     * @param value longer than zero, up to 3650 days
     * @return this builder
     * @throws IllegalArgumentException if it is not
     */
    public InMemoryMessageQueueBuilder lease(Duration value) {
        if (value.isZero() || value.isNegative() || value.compareTo(MAX_LEASE) > 0) {
            throw new IllegalArgumentException("Invalid lease " + value
                    + ": allowed are durations longer than zero, up to " + MAX_LEASE.toDays() + " days");
        }
        lease = value;
        return this;
    }

    /**
     * Sets how many times a message is handed out before it goes to the dead letters. Default: 10.
     *
     * @param value at least 1
     * @return this builder
     * @throws IllegalArgumentException if it is less than 1
     */
    public InMemoryMessageQueueBuilder maxAttempts(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("Invalid maxAttempts " + value + ": it must be at least 1");
        }
        maxAttempts = value;
        return this;
    }

    /**
     * Builds the queue.
     *
     * @return an open queue, with what its broker holds
     */
    public InMemoryMessageQueue build() {
        return new InMemoryMessageQueue(this);
    }
}
