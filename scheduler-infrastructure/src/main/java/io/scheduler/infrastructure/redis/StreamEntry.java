package io.scheduler.infrastructure.redis;

import io.scheduler.core.message.Message;
import io.scheduler.infrastructure.text.InstantText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * A message as an entry of the stream, in the form in which {@code publish.lua} takes it.
 *
 * @param id the message's id
 * @param data the whole message as JSON
 * @param timestamp when it was made
 * @param rest when it is due, its retry count and its correlation id, if it has any of them
 */
record StreamEntry(String id, byte[] data, byte[] timestamp, Optional<byte[]> rest) {

    static StreamEntry of(Message message, byte[] data) {
        return new StreamEntry(message.id(), data, bytes(InstantText.format(message.timestamp())), rest(message));
    }

    private static Optional<byte[]> rest(Message message) {
        if (message.notBefore().isEmpty() && message.correlationId().isEmpty() && message.retryCount() == 0) {
            return Optional.empty();
        }
        long due = message.notBefore().map(StreamEntry::dueMillis).orElse(0L);
        return Optional.of(bytes(
                due + " " + message.retryCount() + " " + message.correlationId().orElse("")));
    }

    /** Rounded up: a message may come late, and never early. */
    private static long dueMillis(Instant notBefore) {
        return Math.max(0, notBefore.plusNanos(999_999).toEpochMilli());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
