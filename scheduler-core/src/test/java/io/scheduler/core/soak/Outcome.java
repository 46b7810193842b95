package io.scheduler.core.soak;

import io.scheduler.core.queue.MessageSerializationException;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueClosedException;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueRefusedException;
import io.scheduler.core.queue.QueueUnavailableException;

/** How a call ended, as its caller was told. */
enum Outcome {
    UNDER_WAY("has not ended"),
    DONE("done"),
    STALE("stale"),
    NOT_DONE("not done"),
    UNKNOWN("unknown"),
    /** It threw what the port does not know. */
    BROKEN("broken");

    private final String text;

    Outcome(String text) {
        this.text = text;
    }

    /** Whether the call may have had its effect, now or later. */
    boolean mayBeDone() {
        return this == DONE || this == UNKNOWN || this == UNDER_WAY || this == BROKEN;
    }

    static Outcome of(Throwable failure) {
        if (!(failure instanceof QueueException)) {
            return BROKEN;
        }
        if (failure instanceof OutcomeUnknownException) {
            return UNKNOWN;
        }
        boolean toldNotDone = failure instanceof QueueUnavailableException
                || failure instanceof QueueRefusedException
                || failure instanceof QueueClosedException
                || failure instanceof MessageSerializationException;
        return toldNotDone ? NOT_DONE : BROKEN;
    }

    @Override
    public String toString() {
        return text;
    }
}
