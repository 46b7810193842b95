package io.scheduler.core.queue;

/**
 * The broker could not be reached or could not work, and the operation was <em>not done</em>. It is worth trying again
 * later.
 */
public final class QueueUnavailableException extends QueueException {

    private static final long serialVersionUID = 1L;

    /**
     * An error with the one that caused it.
     *
     * @param operation what failed
     * @param problem why, and what would help
     * @param cause the underlying error; null if there is none
     */
    public QueueUnavailableException(Operation operation, String problem, Throwable cause) {
        super(operation, problem, cause);
    }
}
