package io.scheduler.core.queue;

/** A message could not be turned into its stored form, and was <em>not done</em>. Trying again does not help. */
public final class MessageSerializationException extends QueueException {

    private static final long serialVersionUID = 1L;

    /**
     * An error with the one that caused it.
     *
     * @param operation what failed
     * @param problem why, and what would help
     * @param cause the underlying error; null if there is none
     */
    public MessageSerializationException(Operation operation, String problem, Throwable cause) {
        super(operation, problem, cause);
    }
}
