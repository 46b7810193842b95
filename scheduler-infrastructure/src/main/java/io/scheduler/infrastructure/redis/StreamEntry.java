package io.scheduler.infrastructure.redis;

import io.scheduler.core.message.Message;
import io.scheduler.infrastructure.text.InstantText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * A message as an entry of the stream: its id, and the three arguments by which {@code publish.lua} takes the rest.
 *
 * @param id the message's id
 * @param data the whole message as JSON
 * @param timestamp when it was made
 * @param rest when it is due, its retry count and its correlation id; empty if it has none of them
 */
record StreamEntry(String id, byte[] data, byte[] timestamp, byte[] rest) {

    private static final byte[] NOTHING = {};

    static StreamEntry of(Message message, byte[] data) {
        return new StreamEntry(message.id(), data, bytes(InstantText.format(message.timestamp())), rest(message));
    }

    void addTo(List<Object> arguments) {
        arguments.add(data);
        arguments.add(timestamp);
        arguments.add(rest);
    }

    private static byte[] rest(Message message) {
        if (message.notBefore().isEmpty() && message.correlationId().isEmpty() && message.retryCount() == 0) {
            return NOTHING;
        }
        long due = message.notBefore().map(StreamEntry::dueMillis).orElse(0L);
        return bytes(
                due + " " + message.retryCount() + " " + message.correlationId().orElse(""));
    }

    /** Rounded up: a message may come late, and never early. */
    private static long dueMillis(Instant notBefore) {
        return Math.max(0, notBefore.plusNanos(999_999).toEpochMilli());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
