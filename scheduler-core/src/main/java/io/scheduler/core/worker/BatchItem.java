package io.scheduler.core.worker;

import io.scheduler.core.message.Message;
import java.util.Objects;
import java.util.Optional;

/**
 * One message of a batch. For use by the thread that the batch handler runs on.
 *
 * @param <T> the payload's Java type
 */
public final class BatchItem<T> {

    private final HeldDelivery held;
    private final T payload;
    private final HandlerContext context;
    private Optional<Throwable> failure = Optional.empty();

    BatchItem(HeldDelivery held, T payload, HandlerContext context) {
        this.held = held;
        this.payload = payload;
        this.context = context;
    }

    /**
     * Its payload.
     *
     * @return the payload, decoded
     */
    public T payload() {
        return payload;
    }

    /**
     * All of the message.
     *
     * @return the message
     */
    public Message message() {
        return held.delivery().message();
    }

    /**
     * Which attempt at this message it is, and whether to go on with it.
     *
     * @return the context
     */
    public HandlerContext context() {
        return context;
    }

    /**
     * Fails this item alone, when the handler returns or throws.
     *
     * @param cause why; {@link RejectMessageException} and {@link RetryLaterException} mean what they mean when a
     *     handler throws them
     */
    public void fail(Throwable cause) {
        failure = Optional.of(Objects.requireNonNull(cause, "cause"));
    }

    /**
     * Why it fails alone.
     *
     * @return what {@link #fail} was given last; empty if it was not called
     */
    public Optional<Throwable> failure() {
        return failure;
    }

    HeldDelivery held() {
        return held;
    }
}
