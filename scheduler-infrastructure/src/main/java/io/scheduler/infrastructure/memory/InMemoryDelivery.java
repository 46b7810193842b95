package io.scheduler.infrastructure.memory;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** A delivery that holds a lease. It is settled where its queue is now, which may have been deleted meanwhile. */
final class InMemoryDelivery implements Delivery {

    private final Session session;
    private final QueueName queue;
    private final Lease lease;

    InMemoryDelivery(Session session, QueueName queue, Lease lease) {
        this.session = session;
        this.queue = queue;
        this.lease = lease;
    }

    @Override
    public QueueName queue() {
        return queue;
    }

    @Override
    public Message message() {
        return lease.entry().message();
    }

    @Override
    public int attempt() {
        return lease.attempt();
    }

    @Override
    public int maxAttempts() {
        return lease.maxAttempts();
    }

    @Override
    public Duration lease() {
        return lease.duration();
    }

    @Override
    public boolean ack() {
        return settle("ack", state -> state.ack(lease));
    }

    @Override
    public boolean nack(Duration delay) {
        Delivery.requireValidDelay(delay);
        return settle("nack", state -> state.nack(lease, delay));
    }

    @Override
    public boolean release() {
        return settle("release", state -> state.release(lease));
    }

    @Override
    public boolean reject(String reason) {
        Objects.requireNonNull(reason, "reason");
        return settle("reject", state -> state.reject(lease, reason));
    }

    @Override
    public boolean extendLease() {
        return settle("extend the lease", state -> state.extend(lease));
    }

    /** Names the delivery, not its content. */
    @Override
    public String toString() {
        return "InMemoryDelivery[queue=" + queue + ", message=" + message().id() + ", attempt=" + attempt() + "]";
    }

    boolean isOf(Session other) {
        return session == other;
    }

    private boolean settle(String name, Function<MemoryQueue, Boolean> settlement) {
        return session.call(
                Operation.on(name, queue, List.of(message())),
                () -> session.broker().existing(queue).map(settlement).orElse(false));
    }
}
