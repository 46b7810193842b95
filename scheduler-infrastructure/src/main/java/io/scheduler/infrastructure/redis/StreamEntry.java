package io.scheduler.infrastructure.redis;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageCodec;
import java.time.Instant;
import java.util.List;

/**
 * A message as an entry of the stream.
 *
 * @param message the message, its payload encoded
 * @param data the whole message as JSON
 */
record StreamEntry(Message message, byte[] data) {

    static StreamEntry of(Message message, MessageCodec codec) {
        return new StreamEntry(message, codec.encode(message));
    }

    /** The six arguments by which {@code publish.lua} takes a message. */
    List<Object> arguments() {
        return List.of(
                message.id(),
                message.notBefore().map(StreamEntry::dueMillis).orElse(0L),
                data,
                message.timestamp(),
                message.retryCount(),
                message.correlationId().orElse(""));
    }

    /** Rounded up: a message may come late, and never early. */
    private static long dueMillis(Instant notBefore) {
        return notBefore.plusNanos(999_999).toEpochMilli();
    }
}
