package io.scheduler.core.queue;

import java.util.Collection;
import java.util.List;

/**
 * The messages of a queue that were given up: rejected, exhausted or unreadable. They stay until somebody redrives or
 * removes them. Safe for use by several threads; each call blocks for at most the adapter's timeout and throws a
 * {@link QueueException} if it fails.
 */
public interface DeadLetters {

    /** How many letters one call may list. */
    int MAX_LISTED = 1000;

    /**
     * For adapters: checks what {@link #deadLetters(QueueName, String, int)} was asked.
     *
     * @param max how many letters to list
     * @throws IllegalArgumentException if that is less than 1 or more than {@link #MAX_LISTED}
     */
    static void requireValidList(int max) {
        if (max < 1 || max > MAX_LISTED) {
            throw new IllegalArgumentException("Invalid max " + max + ": allowed are 1 to " + MAX_LISTED);
        }
    }

    /**
     * For adapters: checks what {@link #redrive(QueueName, int)} was asked.
     *
     * @param max how many letters to redrive
     * @throws IllegalArgumentException if that is less than 1
     */
    static void requireValidRedrive(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("Invalid max " + max + ": it must be at least 1");
        }
    }

    /**
     * Lists dead letters, those that died first coming first.
     *
     * @param queue the queue
     * @param max how many at most, 1 to 1000
     * @return the letters
     * @throws IllegalArgumentException if {@code max} is out of its range
     * @throws QueueException if that failed
     */
    default List<DeadLetter> deadLetters(QueueName queue, int max) {
        return deadLetters(queue, "", max);
    }

    /**
     * Lists dead letters from a place on, to page through many.
     *
     * @param queue the queue
     * @param afterId the id of the last letter of the page before; empty to begin at the first
     * @param max how many at most, 1 to 1000
     * @return the letters that died after that one; fewer than {@code max}, but one at least, if they are large; none
     *     if there are no more
     * @throws IllegalArgumentException if {@code max} is out of its range, or {@code afterId} is no id of a dead letter
     * @throws QueueException if that failed
     */
    List<DeadLetter> deadLetters(QueueName queue, String afterId, int max);

    /**
     * Puts dead letters back at the end of their queue, those that died first coming first, each with all its attempts
     * before it.
     *
     * @param queue the queue
     * @param max how many at most, at least 1; {@link Integer#MAX_VALUE} for all that are there now
     * @return how many were put back
     * @throws IllegalArgumentException if {@code max} is less than 1
     * @throws QueueException if that failed; some may have been put back
     */
    long redrive(QueueName queue, int max);

    /**
     * Puts certain dead letters back at the end of their queue, each with all its attempts before it.
     *
     * @param queue the queue
     * @param ids ids of {@link DeadLetter}s; those that are not there any more are passed over, and so is one that is
     *     given again
     * @return how many were put back
     * @throws IllegalArgumentException if one is no id of a dead letter; nothing is put back then
     * @throws QueueException if that failed; some may have been put back
     */
    long redrive(QueueName queue, Collection<String> ids);

    /**
     * Removes all dead letters of a queue for good.
     *
     * @param queue the queue
     * @return how many there were
     * @throws QueueException if that failed
     */
    long purgeDeadLetters(QueueName queue);
}
