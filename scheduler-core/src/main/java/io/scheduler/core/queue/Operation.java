package io.scheduler.core.queue;

import io.scheduler.core.message.Message;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What was asked of a queue, for the error that tells of its failure.
 *
 * @param name a verb, such as {@code publish}
 * @param queue the queue it was asked of; empty if it concerns the broker as a whole
 * @param messageIds the ids of the messages concerned, in order
 */
public record Operation(String name, Optional<QueueName> queue, List<String> messageIds) {

    private static final int IDS_SHOWN = 3;

    /** Copies the parts. */
    public Operation {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(queue, "queue");
        messageIds = List.copyOf(messageIds);
    }

    /**
     * An operation on a queue as a whole.
     *
     * @param name a verb
     * @param queue the queue
     * @return the operation
     */
    public static Operation on(String name, QueueName queue) {
        return new Operation(name, Optional.of(queue), List.of());
    }

    /**
     * An operation on one message of a queue.
     *
     * @param name a verb
     * @param queue the queue
     * @param message the message
     * @return the operation
     */
    public static Operation on(String name, QueueName queue, Message message) {
        return new Operation(name, Optional.of(queue), List.of(message.id()));
    }

    /**
     * An operation on messages of a queue.
     *
     * @param name a verb
     * @param queue the queue
     * @param messages the messages
     * @return the operation
     */
    public static Operation on(String name, QueueName queue, List<Message> messages) {
        return new Operation(
                name, Optional.of(queue), messages.stream().map(Message::id).toList());
    }

    /** For instance {@code publish on queue 'emails', message 4711}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name);
        queue.ifPresent(q -> text.append(" on queue '").append(q).append('\''));
        if (messageIds.size() == 1) {
            text.append(", message ").append(messageIds.get(0));
        } else if (!messageIds.isEmpty()) {
            text.append(", ").append(messageIds.size()).append(" messages: ");
            text.append(String.join(", ", messageIds.subList(0, Math.min(IDS_SHOWN, messageIds.size()))));
            text.append(messageIds.size() > IDS_SHOWN ? ", …" : "");
        }
        return text.toString();
    }
}
