package io.scheduler.core.queue;

import io.scheduler.core.message.Message;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The publishing side of a queue. Safe for use by several threads.
 *
 * <p>A publication that returned is stored. Publishing a message with an id that was stored within the adapter's
 * deduplication window succeeds and adds nothing, so repeating a publication whose outcome is unknown is always safe. A
 * queue that does not exist is created.
 *
 * <p>Invalid messages are refused before anything is sent.
 */
public interface MessagePublisher {

    /**
     * Publishes a message and returns when the broker has it. Blocks for at most the adapter's timeout; an interrupt
     * ends the wait, keeps the thread's flag, and throws {@link OutcomeUnknownException}.
     *
     * @param queue the queue
     * @param message the message
     * @throws MessageSerializationException if the payload cannot be encoded
     * @throws QueueRefusedException if the broker will not store it, or it is too large
     * @throws QueueUnavailableException if it was not stored because the broker could not be reached
     * @throws OutcomeUnknownException if it may have been stored
     * @throws QueueClosedException if this queue was closed
     */
    void publish(QueueName queue, Message message);

    /**
     * Publishes a message without blocking. The future completes when the broker has the message, or exceptionally with
     * what {@link #publish} would have thrown; also what is wrong with the message itself arrives through the future.
     * Cancelling the future does not take the message back. Dependent stages that take long belong on an executor of
     * their own.
     *
     * @param queue the queue
     * @param message the message
     * @return a future of the publication, which does not fail later than the adapter's timeout
     */
    CompletableFuture<Void> publishAsync(QueueName queue, Message message);

    /**
     * Publishes several messages, all of them or none, and returns when the broker has them. Messages that were stored
     * before, within the deduplication window or earlier in the list, are not stored again. An empty list does nothing.
     *
     * @param queue the queue
     * @param messages the messages, in the order in which they will be delivered first
     * @throws QueueException as {@link #publish} does; then none of the messages is stored by this call, or with
     *     {@link OutcomeUnknownException} either all of them or none
     */
    void publishAll(QueueName queue, List<Message> messages);
}
