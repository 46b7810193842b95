package io.scheduler.core.message;

/** A payload, or a message around it, that cannot be encoded or decoded. Trying again does not help. */
public final class PayloadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * An error without an underlying one.
     *
     * @param message what is wrong, without any of the payload's content
     */
    public PayloadException(String message) {
        super(message);
    }

    /**
     * An error with the one that caused it.
     *
     * @param message what is wrong, without any of the payload's content
     * @param cause the underlying error
     */
    public PayloadException(String message, Throwable cause) {
        super(message, cause);
    }
}
