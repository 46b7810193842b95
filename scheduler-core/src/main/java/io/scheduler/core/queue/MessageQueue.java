package io.scheduler.core.queue;

import java.util.List;

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
     * Asks how the broker is and what is wrong with a queue, such as dead letters that nobody has looked at, or
     * messages that nobody receives. Cheap enough to be asked every few seconds. Blocks for at most a few times the
     * adapter's timeout. A broker that cannot be reached is an answer and no error; a queue that does not exist has no
     * problems, and is not created.
     *
     * @param queue the queue
     * @return what was found: what {@link #health()} finds, and the problems of the queue behind those of the broker
     * @throws QueueClosedException if this queue was closed
     */
    default Health health(QueueName queue) {
        Health broker = health();
        if (!broker.up()) {
            return broker;
        }
        try {
            return broker.withProblems(QueueProblems.of(queue, stats(queue)));
        } catch (QueueRefusedException e) {
            return broker.withProblems(List.of(e.getMessage()));
        } catch (QueueUnavailableException | OutcomeUnknownException e) {
            return Health.down(broker.latency(), e.getMessage());
        }
    }

    /**
     * Closes the queue and all that it opened itself, within a bounded time that the adapter states. Publications that
     * are still on their way end as done or as unknown; waiting receives end at once. Deliveries that were not settled
     * come back, to other consumers, when their lease runs out. Closing again does nothing.
     */
    @Override
    void close();
}
