package io.scheduler.infrastructure.retry;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.ForwardingDelivery;
import java.time.Duration;

/** A delivery whose settlement is repeated. */
final class RetriedDelivery extends ForwardingDelivery {

    private final Delivery delegate;
    private final RepeatedCalls calls;

    RetriedDelivery(Delivery delegate, RepeatedCalls calls) {
        this.delegate = delegate;
        this.calls = calls;
    }

    @Override
    protected Delivery delegate() {
        return delegate;
    }

    @Override
    public boolean ack() {
        return calls.call(delegate::ack);
    }

    @Override
    public boolean nack(Duration delay) {
        return calls.call(() -> delegate.nack(delay));
    }

    @Override
    public boolean nack() {
        return calls.call(delegate::nack);
    }

    @Override
    public boolean release() {
        return calls.call(delegate::release);
    }

    @Override
    public boolean reject(String reason) {
        return calls.call(() -> delegate.reject(reason));
    }

    @Override
    public boolean extendLease() {
        return calls.call(delegate::extendLease);
    }

    /** Shows the delivery inside. */
    @Override
    public String toString() {
        return "RetriedDelivery[" + delegate + "]";
    }

    boolean isRepeatedBy(RepeatedCalls others) {
        return calls == others;
    }
}
