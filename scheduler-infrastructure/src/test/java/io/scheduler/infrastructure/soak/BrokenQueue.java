package io.scheduler.infrastructure.soak;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.ForwardingDelivery;
import io.scheduler.core.queue.ForwardingMessageQueue;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A queue that works, for bugs to be planted in, whose lists are acknowledged one by one. */
class BrokenQueue extends ForwardingMessageQueue {

    /** A delivery that works. */
    static class BrokenDelivery extends ForwardingDelivery {

        private final Delivery delegate;

        BrokenDelivery(Delivery delegate) {
            this.delegate = delegate;
        }

        @Override
        protected final Delivery delegate() {
            return delegate;
        }

        /** One way to hand back, so that one is enough to break. */
        @Override
        public final boolean nack() {
            return nack(Duration.ZERO);
        }
    }

    /** Whoever closes a worker waits for its receive to end. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(50);

    private final MessageQueue delegate;

    BrokenQueue(MessageQueue delegate) {
        this.delegate = delegate;
    }

    /** The delivery that the caller gets for one of the delegate's. */
    Delivery broken(Delivery delivery) {
        return new BrokenDelivery(delivery);
    }

    @Override
    protected final MessageQueue delegate() {
        return delegate;
    }

    @Override
    public List<Delivery> receive(QueueName queue, int maxDeliveries, Duration maxWait) {
        Duration wait = maxWait.compareTo(LONGEST_WAIT) < 0 ? maxWait : LONGEST_WAIT;
        return new ArrayList<>(super.receive(queue, maxDeliveries, wait).stream()
                .map(this::broken)
                .toList());
    }

    @Override
    public List<Delivery> ackAll(Collection<? extends Delivery> deliveries) {
        return deliveries.stream()
                .filter(delivery -> !delivery.ack())
                .map(Delivery.class::cast)
                .toList();
    }
}
