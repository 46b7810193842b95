package io.scheduler.core.queue;

/** The queue object was closed before the operation began, and it was <em>not done</em>. */
public final class QueueClosedException extends QueueException {

    private static final long serialVersionUID = 1L;

    /**
     * An error for an operation that came too late.
     *
     * @param operation what was asked
     */
    public QueueClosedException(Operation operation) {
        super(operation, "this queue is closed", null);
    }
}
