package io.scheduler.infrastructure.memory;

import io.scheduler.core.message.PayloadCodec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/** Builds an {@link InMemoryMessageQueue} step by step; for use by one thread. */
public final class InMemoryMessageQueueBuilder {

    final PayloadCodec codec;
    final InstantSource clock;
    Duration deduplicationWindow = Duration.ofMinutes(2);
    int maxPayloadSize = 1 << 20;

    InMemoryMessageQueueBuilder(PayloadCodec codec, InstantSource clock) {
        this.codec = Objects.requireNonNull(codec, "codec");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Sets for how long a message id is remembered after it was stored. Default: 2 minutes.
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
     * Builds the queue.
     *
     * @return an open queue that holds nothing
     */
    public InMemoryMessageQueue build() {
        return new InMemoryMessageQueue(this);
    }
}
