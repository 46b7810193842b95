package io.scheduler.infrastructure.model;

import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Two queue objects on one Redis, shared by all tries, which have queues of their own. Time passes by itself here, so
 * the model stands still between two passes and each pass goes beyond all that can end; {@link #onTime} tells when that
 * is no longer true.
 */
final class RedisSubject implements Subject {

    private static final Duration LEASE = Duration.ofMillis(300);

    /** Shorter than anything that can end. */
    private static final Duration LONGEST_STANDSTILL = LEASE.minusMillis(40);

    /** Delays end with the leases, or not at all. */
    static final Pace PACE = new Pace(
            60,
            14,
            LEASE,
            3,
            Duration.ofDays(1),
            List.of(LEASE, Duration.ofHours(1)),
            List.of(LEASE.plusMillis(40)),
            false);

    private final List<MessageQueue> consumers;
    private final String name = UUID.randomUUID().toString();
    private long standsSince = System.nanoTime();

    RedisSubject(List<MessageQueue> consumers) {
        this.consumers = consumers;
    }

    @Override
    public MessageQueue consumer(int index) {
        return consumers.get(index);
    }

    @Override
    public QueueName queue(int index) {
        return QueueName.of(name + "-" + index);
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public void pass(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while time passed", e);
        }
        standsSince = System.nanoTime();
    }

    @Override
    public boolean onTime() {
        return System.nanoTime() - standsSince < LONGEST_STANDSTILL.toNanos();
    }
}
