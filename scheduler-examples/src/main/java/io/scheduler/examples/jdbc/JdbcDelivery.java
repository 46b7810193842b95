package io.scheduler.examples.jdbc;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.Objects;

/**
 * A delivery: a row, the attempt that this is, and the queue object that holds it.
 *
 * @param seq the row, whose number is never used again
 */
record JdbcDelivery(JdbcSettlement settlement, QueueName queue, Message message, long seq, int attempt)
        implements Delivery {

    @Override
    public int maxAttempts() {
        return settlement.maxAttempts();
    }

    @Override
    public Duration lease() {
        return settlement.lease();
    }

    @Override
    public boolean ack() {
        return settlement.ack(this);
    }

    @Override
    public boolean nack(Duration delay) {
        Delivery.requireValidDelay(delay);
        return settlement.nack(this, delay);
    }

    @Override
    public boolean release() {
        return settlement.release(this);
    }

    @Override
    public boolean reject(String reason) {
        return settlement.reject(this, Objects.requireNonNull(reason, "reason"));
    }

    @Override
    public boolean extendLease() {
        return settlement.extendLease(this);
    }

    /** Names the delivery, not its content. */
    @Override
    public String toString() {
        return "JdbcDelivery[queue=" + queue + ", message=" + message.id() + ", attempt=" + attempt + "]";
    }
}
