package io.scheduler.infrastructure.worker;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.ForwardingMessageQueue;
import io.scheduler.core.queue.MessageQueue;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A queue that acknowledges nothing until its gate is opened. */
final class GatedAcknowledgements extends ForwardingMessageQueue {

    private final MessageQueue delegate;
    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<Integer> calls = new CopyOnWriteArrayList<>();

    GatedAcknowledgements(MessageQueue delegate) {
        this.delegate = delegate;
    }

    @Override
    protected MessageQueue delegate() {
        return delegate;
    }

    @Override
    public List<Delivery> ackAll(Collection<? extends Delivery> deliveries) {
        calls.add(deliveries.size());
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return super.ackAll(deliveries);
    }

    void open() {
        gate.countDown();
    }

    /** How many deliveries each call had. */
    List<Integer> calls() {
        return calls;
    }
}
