package io.scheduler.core.queue;

/**
 * The broker, or the adapter before it, refused the operation, and it was <em>not done</em>. Trying again does not help
 * until what the text names was changed: a key of another type, a missing permission, a full or a too small limit.
 */
public final class QueueRefusedException extends QueueException {

    private static final long serialVersionUID = 1L;

    /**
     * An error with the one that caused it.
     *
     * @param operation what failed
     * @param problem why, and what would help
     * @param cause the underlying error; null if there is none
     */
    public QueueRefusedException(Operation operation, String problem, Throwable cause) {
        super(operation, problem, cause);
    }
}
