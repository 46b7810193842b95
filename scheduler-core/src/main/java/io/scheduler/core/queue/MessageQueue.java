package io.scheduler.core.queue;

/**
 * The port of a message queue: publishing, consuming, administration, dead letters, health.
 *
 * <p>One instance serves all queues of a broker, is safe for use by several threads, and is meant to live as long as
 * the program. After {@link #close} every call throws {@link QueueClosedException}, closing again excepted.
 */
public interface MessageQueue extends MessagePublisher, MessageConsumer, QueueAdmin, DeadLetters, AutoCloseable {

    /**
     * Asks the broker how it is. Blocks for at most the adapter's timeout. A broker that cannot be reached is an answer
     * and no error.
     *
     * @return what was found
     * @throws QueueClosedException if this queue was closed
     */
    Health health();

    /**
     * Closes the queue and all that it opened itself, within a bounded time that the adapter states. Publications that
     * are still on their way end as done or as unknown; waiting receives end at once. Deliveries that were not settled
     * come back, to other consumers, when their lease runs out. Closing again does nothing.
     */
    @Override
    void close();
}
