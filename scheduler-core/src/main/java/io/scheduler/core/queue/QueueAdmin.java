package io.scheduler.core.queue;

/**
 * What an operator asks of a queue. Safe for use by several threads; each call blocks for at most the adapter's timeout
 * and throws a {@link QueueException} if it fails.
 */
public interface QueueAdmin {

    /**
     * Creates a queue. There is no need to: publishing and receiving do it too.
     *
     * @param queue the queue
     * @return whether this call created it; false if it existed
     * @throws QueueException if that failed
     */
    boolean create(QueueName queue);

    /**
     * Whether a queue exists: it was created, published to or received from, and not deleted since. A queue stays when
     * it runs empty.
     *
     * @param queue the queue
     * @return whether it exists
     * @throws QueueException if that failed; {@link QueueRefusedException} if something that is no queue has that name
     */
    boolean exists(QueueName queue);

    /**
     * Deletes a queue with all that belongs to it: its messages, its dead letters, and what it remembers of messages it
     * has seen. Deliveries out of it become stale.
     *
     * @param queue the queue
     * @return whether there was one
     * @throws QueueException if that failed
     */
    boolean delete(QueueName queue);

    /**
     * Removes all messages of a queue, those that are delayed or in flight too, and keeps the queue and its dead
     * letters. Deliveries out of it become stale. Message ids stay remembered for the deduplication window.
     *
     * @param queue the queue
     * @return how many messages were removed
     * @throws QueueException if that failed
     */
    long purge(QueueName queue);

    /**
     * Counts what is in a queue, at one moment; cheap enough to be asked every second. A queue that does not exist is
     * an empty one.
     *
     * @param queue the queue
     * @return the counts
     * @throws QueueException if that failed
     */
    QueueStats stats(QueueName queue);

    /**
     * How many messages a queue holds, those that are delayed or in flight included.
     *
     * @param queue the queue
     * @return the {@linkplain QueueStats#size() size} of its {@link #stats}
     * @throws QueueException if that failed
     */
    default long size(QueueName queue) {
        return stats(queue).size();
    }
}
