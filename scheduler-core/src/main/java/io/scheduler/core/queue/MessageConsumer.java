package io.scheduler.core.queue;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * The consuming side of a queue. Safe for use by several threads; all who receive from one queue share its messages.
 *
 * <p>A message is handed to one consumer at a time, at least once, and at its first delivery in the order of
 * publication; later deliveries promise no order.
 */
public interface MessageConsumer {

    /** How many messages one {@link #receive} may take. */
    int MAX_DELIVERIES = 1000;

    /**
     * For adapters: checks what {@link #receive} was asked before anything is sent.
     *
     * @param maxDeliveries how many messages to take
     * @param maxWait how long to wait
     * @throws IllegalArgumentException if one is out of its range
     */
    static void requireValidReceive(int maxDeliveries, Duration maxWait) {
        if (maxDeliveries < 1 || maxDeliveries > MAX_DELIVERIES) {
            throw new IllegalArgumentException(
                    "Invalid maxDeliveries " + maxDeliveries + ": allowed are 1 to " + MAX_DELIVERIES);
        }
        if (maxWait.isNegative()) {
            throw new IllegalArgumentException("Invalid maxWait " + maxWait + ": it cannot be negative");
        }
    }

    /**
     * Takes messages out of a queue. Returns as soon as at least one is there, with those that are there, or with none
     * when the wait is over. A queue that does not exist is created.
     *
     * <p>Whoever waits is woken by a publication at once, and by a message whose delay or lease has ended within the
     * adapter's poll interval, a lease within a second at most. An interrupt ends the wait with
     * {@link OutcomeUnknownException} and keeps the thread's flag; closing the queue ends it with
     * {@link QueueClosedException}. Messages that were on their way to the caller then come back when their lease runs
     * out.
     *
     * @param queue the queue
     * @param maxDeliveries how many messages to take at most, 1 to 1000
     * @param maxWait how long to wait for the first one, any time that is not negative; zero takes what is there now;
     *     beyond it the call may last as long as the adapter's timeout
     * @return the deliveries, oldest first; empty if none came
     * @throws IllegalArgumentException if a number is out of its range; nothing is taken then
     * @throws QueueException if that failed
     */
    List<Delivery> receive(QueueName queue, int maxDeliveries, Duration maxWait);

    /**
     * Acknowledges many deliveries of this queue object, in as few calls to the broker as possible.
     *
     * @param deliveries what to acknowledge, of one queue or of several
     * @return those that had become stale, and for which nothing was changed; most often none
     * @throws IllegalArgumentException if one did not come from this queue object; nothing is acknowledged then
     * @throws QueueException if that failed for at least one of them
     */
    List<Delivery> ackAll(Collection<? extends Delivery> deliveries);
}
