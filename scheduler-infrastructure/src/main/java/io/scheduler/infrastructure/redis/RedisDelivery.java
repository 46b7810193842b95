package io.scheduler.infrastructure.redis;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** A delivery out of a stream, settled by scripts that ask whether its consumer still holds it. */
final class RedisDelivery implements Delivery {

    private final RedisSettlement settlement;
    private final QueueName queue;
    private final Lease lease;
    private final Message message;
    private final int attempt;

    RedisDelivery(RedisSettlement settlement, QueueName queue, Lease lease, Message message, int attempt) {
        this.settlement = settlement;
        this.queue = queue;
        this.lease = lease;
        this.message = message;
        this.attempt = attempt;
    }

    @Override
    public QueueName queue() {
        return queue;
    }

    @Override
    public Message message() {
        return message;
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public int maxAttempts() {
        return settlement.maxAttempts();
    }

    @Override
    public Duration lease() {
        return settlement.leaseDuration();
    }

    @Override
    public boolean ack() {
        return settlement
                .await(operation("ack"), () -> settlement.ack(List.of(lease)))
                .isEmpty();
    }

    @Override
    public boolean nack(Duration delay) {
        Delivery.requireValidDelay(delay);
        return settlement.await(operation("nack"), () -> settlement.nack(lease, delay));
    }

    @Override
    public boolean release() {
        return settlement.await(operation("release"), () -> settlement.release(lease));
    }

    @Override
    public boolean reject(String reason) {
        Objects.requireNonNull(reason, "reason");
        return settlement.await(operation("reject"), () -> settlement.reject(lease, reason));
    }

    @Override
    public boolean extendLease() {
        return settlement.await(operation("extend the lease"), () -> settlement.extend(lease));
    }

    /** Names the delivery, not its content. */
    @Override
    public String toString() {
        return "RedisDelivery[queue=" + queue + ", message=" + message.id() + ", attempt=" + attempt + ", entry="
                + lease.entryId() + "]";
    }

    Lease held() {
        return lease;
    }

    boolean isSettledBy(RedisSettlement other) {
        return settlement == other;
    }

    private Operation operation(String name) {
        return Operation.on(name, queue, List.of(message));
    }
}
