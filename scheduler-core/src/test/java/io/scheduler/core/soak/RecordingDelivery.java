package io.scheduler.core.soak;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.ForwardingDelivery;
import java.time.Duration;

/** A delivery that writes what is done with it into the history. */
final class RecordingDelivery extends ForwardingDelivery {

    private final RecordingQueue queue;
    private final Delivery delegate;
    private final Handout handout;

    RecordingDelivery(RecordingQueue queue, Delivery delegate, Handout handout) {
        this.queue = queue;
        this.delegate = delegate;
        this.handout = handout;
    }

    @Override
    protected Delivery delegate() {
        return delegate;
    }

    Settlement settling(Call call, Duration delay) {
        Settlement settlement = new Settlement(call, delay);
        handout.add(settlement);
        return settlement;
    }

    @Override
    public boolean ack() {
        return queue.settle(Call.Kind.ACK, "", Duration.ZERO, this, Delivery::ack);
    }

    @Override
    public boolean nack(Duration delay) {
        return queue.settle(
                Call.Kind.NACK, "for " + delay.toMillis() + " ms", delay, this, delivery -> delivery.nack(delay));
    }

    @Override
    public boolean nack() {
        return queue.settle(Call.Kind.NACK, "at once", Duration.ZERO, this, Delivery::nack);
    }

    @Override
    public boolean release() {
        return queue.settle(Call.Kind.RELEASE, "", Duration.ZERO, this, Delivery::release);
    }

    @Override
    public boolean reject(String reason) {
        return queue.settle(Call.Kind.REJECT, "", Duration.ZERO, this, delivery -> delivery.reject(reason));
    }

    @Override
    public boolean extendLease() {
        return queue.settle(Call.Kind.EXTEND_LEASE, "", Duration.ZERO, this, Delivery::extendLease);
    }
}
