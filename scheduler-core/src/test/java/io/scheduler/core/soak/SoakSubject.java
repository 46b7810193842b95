package io.scheduler.core.soak;

import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What is soaked: queue objects of one adapter on one broker, the faults it has to bear, and what it promises. */
public interface SoakSubject {

    /**
     * Opens another queue object on the one broker. Called by one thread at a time, also while a fault lasts: where
     * that ends in a {@link io.scheduler.core.queue.QueueException} it is called again. All queue objects have one
     * lease, of a second or so, or a soak learns little in its time, and one {@link #maxAttempts}; publishing is
     * remembered for {@link #deduplicationWindow}.
     *
     * @param number counts the queue objects, for adapters that open several kinds
     * @return the queue object; the soak closes it, or lets it crash
     */
    OpenedQueue open(int number);

    /**
     * How many times a message is handed out before it goes to the dead letters.
     *
     * @return what the queues are configured with
     */
    int maxAttempts();

    /**
     * For how long a published id is remembered.
     *
     * @return what the queues are configured with
     */
    Duration deduplicationWindow();

    /**
     * What goes wrong while the soak lasts.
     *
     * @return the faults; none unless this is overridden
     */
    default List<Fault> faults() {
        return List.of();
    }

    /**
     * How long closing a queue object may take.
     *
     * @return the bound that the adapter states; 10 seconds unless this is overridden
     */
    default Duration closesWithin() {
        return Duration.ofSeconds(10);
    }

    /**
     * How long it may take, after the last fault has passed and nothing fails any more, until all messages are done.
     *
     * @return the bound; 30 seconds unless this is overridden
     */
    default Duration drainsWithin() {
        return Duration.ofSeconds(30);
    }

    /**
     * How long the broker may count a consumer that has crashed.
     *
     * @return the bound; 2 minutes unless this is overridden
     */
    default Duration forgetsConsumersWithin() {
        return Duration.ofMinutes(2);
    }

    /**
     * What is left of messages in a queue that has nothing to do any more, found by looking past the adapter, such as
     * {@code 3 entries in the stream}. Asked again for some seconds while there is something.
     *
     * @param queue the queue
     * @return what is left; nothing unless this is overridden
     */
    default List<String> leftovers(QueueName queue) {
        return List.of();
    }

    /**
     * Whether a thread is the subject's own, such as one of a proxy, and need not end when the queue objects are
     * closed.
     *
     * @param thread a thread that was started while the soak ran
     * @return false unless this is overridden
     */
    default boolean isOwn(Thread thread) {
        return false;
    }

    /**
     * What the broker's clock shows.
     *
     * @return the system's time
     */
    default Instant now() {
        return Instant.now();
    }
}
