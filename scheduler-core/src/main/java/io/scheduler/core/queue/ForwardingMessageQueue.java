package io.scheduler.core.queue;

import io.scheduler.core.message.Message;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A queue that hands every call to another one: the class that decorators extend, so that a method which the port gains
 * later cannot be forgotten.
 */
public abstract class ForwardingMessageQueue implements MessageQueue {

    /** For subclasses. */
    protected ForwardingMessageQueue() {}

    /**
     * The queue that calls are handed to.
     *
     * @return the decorated queue, the same each time
     */
    protected abstract MessageQueue delegate();

    @Override
    public void publish(QueueName queue, Message message) {
        delegate().publish(queue, message);
    }

    @Override
    public CompletableFuture<Void> publishAsync(QueueName queue, Message message) {
        return delegate().publishAsync(queue, message);
    }

    @Override
    public void publishAll(QueueName queue, List<Message> messages) {
        delegate().publishAll(queue, messages);
    }

    @Override
    public List<Delivery> receive(QueueName queue, int maxDeliveries, Duration maxWait) {
        return delegate().receive(queue, maxDeliveries, maxWait);
    }

    @Override
    public List<Delivery> ackAll(Collection<? extends Delivery> deliveries) {
        return delegate().ackAll(deliveries);
    }

    @Override
    public boolean create(QueueName queue) {
        return delegate().create(queue);
    }

    @Override
    public boolean exists(QueueName queue) {
        return delegate().exists(queue);
    }

    @Override
    public boolean delete(QueueName queue) {
        return delegate().delete(queue);
    }

    @Override
    public long purge(QueueName queue) {
        return delegate().purge(queue);
    }

    @Override
    public QueueStats stats(QueueName queue) {
        return delegate().stats(queue);
    }

    @Override
    public long size(QueueName queue) {
        return delegate().size(queue);
    }

    @Override
    public List<DeadLetter> deadLetters(QueueName queue, int max) {
        return delegate().deadLetters(queue, max);
    }

    @Override
    public List<DeadLetter> deadLetters(QueueName queue, String afterId, int max) {
        return delegate().deadLetters(queue, afterId, max);
    }

    @Override
    public long redrive(QueueName queue, int max) {
        return delegate().redrive(queue, max);
    }

    @Override
    public long redrive(QueueName queue, Collection<String> ids) {
        return delegate().redrive(queue, ids);
    }

    @Override
    public long purgeDeadLetters(QueueName queue) {
        return delegate().purgeDeadLetters(queue);
    }

    @Override
    public Health health() {
        return delegate().health();
    }

    @Override
    public Health health(QueueName queue) {
        return delegate().health(queue);
    }

    @Override
    public void close() {
        delegate().close();
    }
}
