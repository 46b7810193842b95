package io.scheduler.core.soak;

import io.scheduler.core.queue.MessageQueue;
import java.time.Duration;
import java.util.Objects;

/**
 * A queue object that a soak uses, and what its adapter promises of it.
 *
 * @param queue the queue object, which nobody else uses
 * @param callsEndWithin how long a call may take; a receive may take that beyond its wait
 * @param repeatsCalls whether it repeats failed calls by itself, as a retrying decorator does: then {@code false} of a
 *     settlement may mean that an earlier try has done it
 * @param crash ends it as a crash would: the broker hears no good-bye; closing it is the least
 */
public record OpenedQueue(MessageQueue queue, Duration callsEndWithin, boolean repeatsCalls, Runnable crash) {

    /** Checks the parts. */
    public OpenedQueue {
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(callsEndWithin, "callsEndWithin");
        Objects.requireNonNull(crash, "crash");
    }

    /**
     * A queue object that repeats nothing, and for which a crash is a close that leaves deliveries unsettled.
     *
     * @param queue the queue object
     * @param callsEndWithin how long a call may take
     * @return what the soak wants to know
     */
    public static OpenedQueue of(MessageQueue queue, Duration callsEndWithin) {
        return new OpenedQueue(queue, callsEndWithin, false, queue::close);
    }
}
