package io.scheduler.infrastructure.memory;

import io.scheduler.core.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * A message in a queue.
 *
 * @param message in its stored form
 * @param attempts how many times it has been handed out before
 * @param readyAt when it became ready, or will
 * @param number its place among those that become ready at the same time
 */
record Entry(Message message, int attempts, Instant readyAt, long number) {

    static final Comparator<Entry> BY_TIME =
            Comparator.comparing(Entry::readyAt).thenComparing(Entry::number);

    /** The same message after its lease has ended: the attempt counts. */
    Entry afterLease(Instant end, long newNumber) {
        return new Entry(message, attempts + 1, end, newNumber);
    }

    /** The same message after it was handed back: the attempt counts, and so does the retry. */
    Entry handedBack(Instant now, Duration delay, long newNumber) {
        int retries = message.retryCount();
        Message raised = retries == Integer.MAX_VALUE ? message : message.withRetryCount(retries + 1);
        return new Entry(raised, attempts + 1, now.plus(delay), newNumber);
    }

    /** The same message after it was given back unused: nothing counts. */
    Entry released(Instant now, long newNumber) {
        return new Entry(message, attempts, now, newNumber);
    }

    /** The same message before its first attempt. */
    Entry redriven(Instant now, long newNumber) {
        return new Entry(message, 0, now, newNumber);
    }
}
