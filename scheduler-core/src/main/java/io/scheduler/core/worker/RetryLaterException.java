package io.scheduler.core.worker;

import io.scheduler.core.queue.Delivery;
import java.time.Duration;

/** Thrown by a handler that knows when to try again: its message is handed back with that delay. */
public final class RetryLaterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Duration delay;

    /**
     * A retry.
     *
     * @param delay how long to wait at least
     * @throws IllegalArgumentException if it is negative or longer than {@link Delivery#MAX_DELAY}
     */
    public RetryLaterException(Duration delay) {
        this(delay, null);
    }

    /**
     * A retry with the error that led to it.
     *
     * @param delay how long to wait at least
     * @param cause the error; null if there is none
     * @throws IllegalArgumentException if the delay is negative or longer than {@link Delivery#MAX_DELAY}
     */
    public RetryLaterException(Duration delay, Throwable cause) {
        super("Try again after " + delay, cause);
        Delivery.requireValidDelay(delay);
        this.delay = delay;
    }

    /**
     * How long to wait at least.
     *
     * @return the delay
     */
    public Duration delay() {
        return delay;
    }
}
