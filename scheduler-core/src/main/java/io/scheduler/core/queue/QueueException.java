package io.scheduler.core.queue;

import java.util.Objects;

/**
 * An operation on a queue that did not end well. The subclass says what that means for the caller:
 *
 * <table>
 * <caption>What each error means</caption>
 * <tr><th>class</th><th>was it done?</th><th>try again?</th></tr>
 * <tr><td>{@link QueueUnavailableException}</td><td>no</td><td>yes, later</td></tr>
 * <tr><td>{@link OutcomeUnknownException}</td><td>perhaps</td><td>yes: publishing one id again adds nothing</td></tr>
 * <tr><td>{@link QueueRefusedException}</td><td>no</td><td>not before something was changed</td></tr>
 * <tr><td>{@link MessageSerializationException}</td><td>no</td><td>no: the message itself is at fault</td></tr>
 * <tr><td>{@link QueueClosedException}</td><td>no</td><td>no: this queue object was closed</td></tr>
 * </table>
 */
public abstract sealed class QueueException extends RuntimeException
        permits QueueUnavailableException,
                OutcomeUnknownException,
                QueueRefusedException,
                MessageSerializationException,
                QueueClosedException {

    private static final long serialVersionUID = 1L;

    /** What failed. Errors are not meant to be sent to other processes. */
    private final transient Operation operation;

    QueueException(Operation operation, String problem, Throwable cause) {
        super(
                "Failed: " + Objects.requireNonNull(operation, "operation") + ": "
                        + Objects.requireNonNull(problem, "problem"),
                cause);
        this.operation = operation;
    }

    /**
     * What failed, with the queue and the messages that it concerned.
     *
     * @return the operation
     */
    public Operation operation() {
        return operation;
    }
}
