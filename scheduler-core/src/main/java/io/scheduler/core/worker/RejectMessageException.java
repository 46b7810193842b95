package io.scheduler.core.worker;

import java.util.Objects;

/** Thrown by a handler whose message will never succeed: it becomes a dead letter at once. */
public final class RejectMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A rejection.
     *
     * @param reason why, for whoever looks at the dead letters
     */
    public RejectMessageException(String reason) {
        super(Objects.requireNonNull(reason, "reason"));
    }

    /**
     * A rejection with the error that led to it.
     *
     * @param reason why, for whoever looks at the dead letters
     * @param cause the error
     */
    public RejectMessageException(String reason, Throwable cause) {
        super(Objects.requireNonNull(reason, "reason"), cause);
    }
}
