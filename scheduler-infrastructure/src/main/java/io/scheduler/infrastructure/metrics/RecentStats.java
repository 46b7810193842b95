package io.scheduler.infrastructure.metrics;

import io.micrometer.core.instrument.Clock;
import io.scheduler.core.queue.QueueAdmin;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueStats;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a queue said at most a second ago. A failure is remembered as an answer is, so that reading six figures of a
 * broker that hangs waits for one timeout and not for six.
 */
final class RecentStats {

    private static final Logger LOG = LoggerFactory.getLogger(RecentStats.class);
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final QueueAdmin admin;
    private final QueueName queue;
    private final Clock clock;
    private boolean asked;
    private long answeredNanos;
    private Optional<QueueStats> answer = Optional.empty();

    RecentStats(QueueAdmin admin, QueueName queue, Clock clock) {
        this.admin = admin;
        this.queue = queue;
        this.clock = clock;
    }

    QueueName queue() {
        return queue;
    }

    /** A figure; not-a-number while the queue cannot be reached. */
    synchronized double read(ToDoubleFunction<QueueStats> figure) {
        if (!asked || clock.monotonicTime() - answeredNanos >= FRESH_NANOS) {
            answer = ask();
            answeredNanos = clock.monotonicTime();
            asked = true;
        }
        return answer.isPresent() ? figure.applyAsDouble(answer.get()) : Double.NaN;
    }

    private Optional<QueueStats> ask() {
        try {
            return Optional.of(admin.stats(queue));
        } catch (RuntimeException e) {
            if (!asked || answer.isPresent()) {
                LOG.warn("The gauges of queue '{}' show nothing until it can be reached", queue, e);
            }
            return Optional.empty();
        }
    }
}
