package io.scheduler.core.queue.contract;

import io.scheduler.core.queue.QueueAdmin;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueStats;

/** How many messages a queue has in which state: of its stats, what does not depend on time or on the adapter. */
record Counts(long ready, long delayed, long inFlight, long dead) {

    static Counts of(QueueAdmin queue, QueueName name) {
        QueueStats stats = queue.stats(name);
        return new Counts(stats.ready(), stats.delayed(), stats.inFlight(), stats.dead());
    }
}
