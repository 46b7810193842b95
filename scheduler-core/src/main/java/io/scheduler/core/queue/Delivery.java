package io.scheduler.core.queue;

import io.scheduler.core.message.Message;
import java.time.Duration;

/**
 * A message that was handed to a consumer, which holds a lease on it and settles it once: {@link #ack}, {@link #nack},
 * {@link #release} or {@link #reject}.
 *
 * <p>The lease runs from the moment of the delivery, by the broker's clock, for the time that the adapter was
 * configured with. When it runs out the message goes to whoever asks next, as another delivery with the next attempt
 * number, or, after its last attempt, to the dead letters. This delivery is stale then, at the latest. Settling a stale
 * delivery returns {@code false} and changes nothing anywhere.
 *
 * <p>Safe for use by several threads. Each call blocks for at most the adapter's timeout and throws a
 * {@link QueueException} if it fails; the message then is delivered again when its lease runs out, unless the call was
 * done after all.
 */
public interface Delivery {

    /** The longest delay of a {@link #nack}. */
    Duration MAX_DELAY = Duration.ofDays(3650);

    /**
     * For adapters: checks a delay before anything is sent.
     *
     * @param delay what {@link #nack} was given
     * @throws IllegalArgumentException if it is negative or longer than {@link #MAX_DELAY}
     */
    static void requireValidDelay(Duration delay) {
        if (delay.isNegative() || delay.compareTo(MAX_DELAY) > 0) {
            throw new IllegalArgumentException(
                    "Invalid delay " + delay + ": allowed are zero to " + MAX_DELAY.toDays() + " days");
        }
    }

    /**
     * The queue it came from.
     *
     * @return the queue
     */
    QueueName queue();

    /**
     * The message, its payload not decoded yet.
     *
     * @return the message
     */
    Message message();

    /**
     * How many times the message has been handed out, this time included.
     *
     * @return 1 at the first delivery
     */
    int attempt();

    /**
     * How many times the message is handed out at most, as the adapter was configured. Whoever hands it back, or lets
     * its lease run out, when {@link #attempt} has reached that, sends it to the dead letters.
     *
     * @return at least 1
     */
    int maxAttempts();

    /**
     * How long its lease lasts, from the delivery and from each {@link #extendLease}, by the broker's clock. Whoever
     * works for longer extends it well before: the time on the way here has passed already.
     *
     * @return the full time of the lease, not what is left of it
     */
    Duration lease();

    /**
     * Settles it as done: the message leaves the queue for good.
     *
     * @return whether this delivery still owned the message. After an {@link OutcomeUnknownException}, {@code false}
     *     may also mean that the call before has done it
     * @throws QueueException if that failed
     */
    boolean ack();

    /**
     * Hands it back, to be delivered again after a delay, with its retry count raised by one. A message that has had
     * its last attempt goes to the dead letters instead.
     *
     * @param delay how long to wait at least, by the broker's clock; zero for at once; counts in milliseconds
     * @return as {@link #ack} does
     * @throws IllegalArgumentException if the delay is negative or longer than {@link #MAX_DELAY}
     * @throws QueueException if that failed
     */
    boolean nack(Duration delay);

    /**
     * Hands it back, to be delivered again at once.
     *
     * @return as {@link #ack} does
     * @throws QueueException if that failed
     */
    default boolean nack() {
        return nack(Duration.ZERO);
    }

    /**
     * Gives it back unused, to be delivered again at once as if it had not been delivered: neither the attempt nor a
     * retry counts. For consumers that took more than they will work on; whoever has begun hands it back with
     * {@link #nack}, so that a message which kills its consumers is given up in the end.
     *
     * @return as {@link #ack} does
     * @throws QueueException if that failed
     */
    boolean release();

    /**
     * Gives it up: the message moves to the dead letters.
     *
     * @param reason why, for whoever looks at the dead letters; cut after 1000 characters
     * @return as {@link #ack} does
     * @throws QueueException if that failed
     */
    boolean reject(String reason);

    /**
     * Lets the lease begin anew, for its full time from now.
     *
     * @return as {@link #ack} does
     * @throws QueueException if that failed
     */
    boolean extendLease();
}
