package io.scheduler.core.queue;

/**
 * The operation <em>may have been done</em>: it was sent, and no answer came. A publication may be repeated, because a
 * message id that was stored is not stored again.
 */
public final class OutcomeUnknownException extends QueueException {

    private static final long serialVersionUID = 1L;

    /**
     * An error with the one that caused it.
     *
     * @param operation what failed
     * @param problem why, and what would help
     * @param cause the underlying error; null if there is none
     */
    public OutcomeUnknownException(Operation operation, String problem, Throwable cause) {
        super(operation, problem, cause);
    }
}
