package io.scheduler.infrastructure.redis;

import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueStats;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Redis knows of the consumers of a queue, beyond their count.
 *
 * @param lost how many hold messages and have been silent for longer than a lease
 * @param held how many messages these hold
 * @param name the one that was silent the longest
 * @param silence for how long
 * @param heard how long ago any consumer was heard of; negative if there is none
 */
record ConsumerProblems(long lost, long held, String name, Duration silence, Duration heard) {

    /** Longer than a read that waits, which is renewed every few seconds. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    List<String> sentences(QueueName queue, QueueStats stats, Duration lease) {
        return Stream.of(holding(queue, lease), silent(queue, stats, lease))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> holding(QueueName queue, Duration lease) {
        if (lost == 0) {
            return Optional.empty();
        }
        return Optional.of("Queue '" + queue + "': " + lost + " consumers hold " + held
                + " messages for longer than the"
                + " lease of " + DurationText.of(lease) + ", the longest " + Allowed.quoted(name) + " for "
                + Age.text(silence) + ": they died, or their handlers take longer than the lease. Whoever receives"
                + " takes these messages over; raise lease or call extendLease if the handlers are just slow");
    }

    private Optional<String> silent(QueueName queue, QueueStats stats, Duration lease) {
        Duration patience = lease.compareTo(SILENCE) > 0 ? lease : SILENCE;
        if (stats.ready() == 0 || stats.consumers() == 0 || heard.compareTo(patience) <= 0) {
            return Optional.empty();
        }
        return Optional.of("Queue '" + queue + "' has " + stats.ready()
                + " messages that are ready, and none of its consumers was heard of for " + Age.text(heard)
                + ": start one that runs");
    }
}
