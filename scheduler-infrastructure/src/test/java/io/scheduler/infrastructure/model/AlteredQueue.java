package io.scheduler.infrastructure.model;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.ForwardingDelivery;
import io.scheduler.core.queue.ForwardingMessageQueue;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** A queue that works, for faults to be planted in: in its calls, or in those of its deliveries. For one thread. */
class AlteredQueue extends ForwardingMessageQueue {

    /** A delivery that works. */
    static class AlteredDelivery extends ForwardingDelivery {

        private final Delivery delegate;

        AlteredDelivery(Delivery delegate) {
            this.delegate = delegate;
        }

        @Override
        protected final Delivery delegate() {
            return delegate;
        }
    }

    private final MessageQueue delegate;
    private final Map<Delivery, Delivery> originals = new IdentityHashMap<>();

    AlteredQueue(MessageQueue delegate) {
        this.delegate = delegate;
    }

    /** The delivery that the caller gets for one of the delegate's. */
    Delivery altered(Delivery delivery) {
        return new AlteredDelivery(delivery);
    }

    @Override
    protected final MessageQueue delegate() {
        return delegate;
    }

    @Override
    public List<Delivery> receive(QueueName queue, int maxDeliveries, Duration maxWait) {
        List<Delivery> received = new ArrayList<>();
        for (Delivery original : super.receive(queue, maxDeliveries, maxWait)) {
            Delivery altered = altered(original);
            originals.put(altered, original);
            received.add(altered);
        }
        return received;
    }

    @Override
    public List<Delivery> ackAll(Collection<? extends Delivery> deliveries) {
        List<Delivery> stale = super.ackAll(deliveries.stream()
                .map(delivery -> originals.getOrDefault(delivery, delivery))
                .toList());
        return deliveries.stream()
                .filter(delivery -> stale.contains(originals.get(delivery)))
                .map(Delivery.class::cast)
                .toList();
    }
}
