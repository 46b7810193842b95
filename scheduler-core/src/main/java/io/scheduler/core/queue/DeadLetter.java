package io.scheduler.core.queue;

import io.scheduler.core.message.Message;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A message that was given up.
 *
 * @param id its place among the dead letters of its queue, by which it is redriven or removed; not the message's id
 * @param queue the queue that it was in
 * @param reason why it was given up
 * @param diedAt when, by the broker's clock
 * @param attempts how many times it had been handed out
 * @param message the message; empty if what was in the queue cannot be read as one
 * @param fields what was stored, byte for byte, as the adapter stores it: for what cannot be read, and for other
 *     programs; the map is a copy, its arrays are not
 */
public record DeadLetter(
        String id,
        QueueName queue,
        String reason,
        Instant diedAt,
        int attempts,
        Optional<Message> message,
        Map<String, byte[]> fields) {

    /** Copies the parts. */
    public DeadLetter {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(diedAt, "diedAt");
        Objects.requireNonNull(message, "message");
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Describes the letter without its content. */
    @Override
    public String toString() {
        return "DeadLetter[id=" + id + ", queue=" + queue + ", reason=" + reason + ", diedAt=" + diedAt + ", attempts="
                + attempts + ", message=" + message + ", fields=" + fields.keySet() + "]";
    }
}
