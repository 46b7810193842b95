package io.scheduler.infrastructure.retry;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.DeadLetter;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.ForwardingDelivery;
import io.scheduler.core.queue.ForwardingMessageQueue;
import io.scheduler.core.queue.Health;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueStats;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A queue whose calls fail as they were told to, one after the other, before or after the call was passed on. When the
 * script is at its end, they succeed. Closing is neither counted nor broken.
 */
final class FaultyMessageQueue extends ForwardingMessageQueue {

    private final MessageQueue delegate;
    private final Queue<Fault> script = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();

    FaultyMessageQueue(MessageQueue delegate) {
        this.delegate = delegate;
    }

    /** The next call fails, and nothing happens. */
    FaultyMessageQueue failBefore(Function<Operation, ? extends RuntimeException> failure) {
        script.add(new Fault(false, failure));
        return this;
    }

    /** The next call is done, and fails all the same. */
    FaultyMessageQueue failAfter(Function<Operation, ? extends RuntimeException> failure) {
        script.add(new Fault(true, failure));
        return this;
    }

    int calls() {
        return calls.get();
    }

    @Override
    protected MessageQueue delegate() {
        return delegate;
    }

    @Override
    public void publish(QueueName queue, Message message) {
        call(Operation.on("publish", queue, List.of(message)), () -> {
            delegate.publish(queue, message);
            return null;
        });
    }

    @Override
    public CompletableFuture<Void> publishAsync(QueueName queue, Message message) {
        try {
            publish(queue, message);
            return CompletableFuture.completedFuture(null);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void publishAll(QueueName queue, List<Message> messages) {
        call(Operation.on("publish", queue, messages), () -> {
            delegate.publishAll(queue, messages);
            return null;
        });
    }

    @Override
    public List<Delivery> receive(QueueName queue, int maxDeliveries, Duration maxWait) {
        return call(Operation.on("receive", queue), () -> delegate.receive(queue, maxDeliveries, maxWait)).stream()
                .<Delivery>map(FaultyDelivery::new)
                .toList();
    }

    @Override
    public List<Delivery> ackAll(Collection<? extends Delivery> deliveries) {
        List<Delivery> inner = deliveries.stream()
                .map(delivery -> ((FaultyDelivery) delivery).delegate())
                .toList();
        return call(new Operation("ack", Optional.empty(), List.of()), () -> delegate.ackAll(inner)).stream()
                .<Delivery>map(stale -> deliveries.stream()
                        .filter(delivery -> ((FaultyDelivery) delivery).delegate() == stale)
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    @Override
    public boolean create(QueueName queue) {
        return call(Operation.on("create", queue), () -> delegate.create(queue));
    }

    @Override
    public boolean exists(QueueName queue) {
        return call(Operation.on("check existence", queue), () -> delegate.exists(queue));
    }

    @Override
    public boolean delete(QueueName queue) {
        return call(Operation.on("delete", queue), () -> delegate.delete(queue));
    }

    @Override
    public long purge(QueueName queue) {
        return call(Operation.on("purge", queue), () -> delegate.purge(queue));
    }

    @Override
    public QueueStats stats(QueueName queue) {
        return call(Operation.on("read stats", queue), () -> delegate.stats(queue));
    }

    @Override
    public long size(QueueName queue) {
        return call(Operation.on("read size", queue), () -> delegate.size(queue));
    }

    @Override
    public List<DeadLetter> deadLetters(QueueName queue, int max) {
        return call(Operation.on("list dead letters", queue), () -> delegate.deadLetters(queue, max));
    }

    @Override
    public List<DeadLetter> deadLetters(QueueName queue, String afterId, int max) {
        return call(Operation.on("list dead letters", queue), () -> delegate.deadLetters(queue, afterId, max));
    }

    @Override
    public long redrive(QueueName queue, int max) {
        return call(Operation.on("redrive", queue), () -> delegate.redrive(queue, max));
    }

    @Override
    public long redrive(QueueName queue, Collection<String> ids) {
        return call(Operation.on("redrive", queue), () -> delegate.redrive(queue, ids));
    }

    @Override
    public long purgeDeadLetters(QueueName queue) {
        return call(Operation.on("purge dead letters", queue), () -> delegate.purgeDeadLetters(queue));
    }

    @Override
    public Health health() {
        return call(new Operation("check health", Optional.empty(), List.of()), delegate::health);
    }

    private <T> T call(Operation operation, Supplier<T> passOn) {
        calls.incrementAndGet();
        Optional<Fault> fault = Optional.ofNullable(script.poll());
        if (fault.isPresent() && !fault.get().afterwards()) {
            throw fault.get().failure().apply(operation);
        }
        T result = passOn.get();
        if (fault.isPresent()) {
            throw fault.get().failure().apply(operation);
        }
        return result;
    }

    /** A delivery whose calls are of the same script. */
    private final class FaultyDelivery extends ForwardingDelivery {

        private final Delivery delegate;

        FaultyDelivery(Delivery delegate) {
            this.delegate = delegate;
        }

        @Override
        protected Delivery delegate() {
            return delegate;
        }

        @Override
        public boolean ack() {
            return call(operation("ack"), delegate::ack);
        }

        @Override
        public boolean nack(Duration delay) {
            return call(operation("nack"), () -> delegate.nack(delay));
        }

        @Override
        public boolean nack() {
            return call(operation("nack"), delegate::nack);
        }

        @Override
        public boolean release() {
            return call(operation("release"), delegate::release);
        }

        @Override
        public boolean reject(String reason) {
            return call(operation("reject"), () -> delegate.reject(reason));
        }

        @Override
        public boolean extendLease() {
            return call(operation("extend the lease"), delegate::extendLease);
        }

        private Operation operation(String name) {
            return Operation.on(name, queue(), List.of(message()));
        }
    }

    private record Fault(boolean afterwards, Function<Operation, ? extends RuntimeException> failure) {}
}
