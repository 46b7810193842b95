package io.scheduler.core.queue;

import io.scheduler.core.message.Message;
import java.time.Duration;

/**
 * A delivery that hands every call to another one: the class that decorators extend. A decorated queue has to take its
 * deliveries off again before it hands them to the delegate's {@link MessageConsumer#ackAll}.
 */
public abstract class ForwardingDelivery implements Delivery {

    /** For subclasses. */
    protected ForwardingDelivery() {}

    /**
     * The delivery that calls are handed to.
     *
     * @return the decorated delivery, the same each time
     */
    protected abstract Delivery delegate();

    @Override
    public QueueName queue() {
        return delegate().queue();
    }

    @Override
    public Message message() {
        return delegate().message();
    }

    @Override
    public int attempt() {
        return delegate().attempt();
    }

    @Override
    public int maxAttempts() {
        return delegate().maxAttempts();
    }

    @Override
    public Duration lease() {
        return delegate().lease();
    }

    @Override
    public boolean ack() {
        return delegate().ack();
    }

    @Override
    public boolean nack(Duration delay) {
        return delegate().nack(delay);
    }

    @Override
    public boolean nack() {
        return delegate().nack();
    }

    @Override
    public boolean release() {
        return delegate().release();
    }

    @Override
    public boolean reject(String reason) {
        return delegate().reject(reason);
    }

    @Override
    public boolean extendLease() {
        return delegate().extendLease();
    }
}
