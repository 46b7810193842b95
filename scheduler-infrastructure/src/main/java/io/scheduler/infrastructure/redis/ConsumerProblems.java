package io.scheduler.infrastructure.redis;

import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueStats;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What Redis knows of the consumers and the dead letters of a queue, beyond the counts.
 *
 * @param lost how many consumers hold messages and have been silent for longer than a lease
 * @param held how many messages these hold
 * @param name the one that was silent the longest
 * @param silence for how long
 * @param heard how long ago any consumer was heard of; negative if there is none
 * @param letterAge how old the youngest dead letter is; negative if there is none
 * @param reason why it died
 */
record ConsumerProblems(
        long lost, long held, String name, Duration silence, Duration heard, Duration letterAge, String reason) {

    /** Longer than a read that waits, which is renewed every few seconds. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private static final String LEASE_ENDED = "Not settled within its lease";

    /** Reads what {@code diagnose.lua} returns. */
    static ConsumerProblems of(Object result) {
        List<?> values = (List<?>) result;
        return new ConsumerProblems(
                (Long) values.get(0),
                (Long) values.get(1),
                text(values.get(2)),
                Duration.ofMillis((Long) values.get(3)),
                Duration.ofMillis((Long) values.get(4)),
                Duration.ofMillis((Long) values.get(5)),
                text(values.get(6)));
    }

    List<String> sentences(QueueName queue, QueueStats stats, Duration lease) {
        List<String> problems = new ArrayList<>();
        if (lost > 0) {
            problems.add("Queue '" + queue + "': " + lost + " consumers hold " + held + " messages for longer than the"
                    + " lease of " + DurationText.of(lease) + ", the longest " + Allowed.quoted(name) + " for "
                    + seconds(silence) + ": they died, or their handlers take longer than the lease. Whoever receives"
                    + " takes these messages over; raise lease or call extendLease if the handlers are just slow");
        }
        Duration patience = lease.compareTo(SILENCE) > 0 ? lease : SILENCE;
        if (stats.ready() > 0 && stats.consumers() > 0 && heard.compareTo(patience) > 0) {
            problems.add("Queue '" + queue + "' has " + stats.ready()
                    + " messages that are ready, and none of its consumers was heard of for " + seconds(heard)
                    + ": start one that runs");
        }
        if (!letterAge.isNegative()) {
            problems.add("Queue '" + queue + "': the youngest dead letter is " + seconds(letterAge) + " old and says "
                    + Allowed.quoted(reason) + ": "
                    + (reason.startsWith(LEASE_ENDED)
                            ? "its consumers died of it, or take longer than the lease; raise lease or call extendLease"
                            : "mend that before they are redriven"));
        }
        return problems;
    }

    private static String seconds(Duration time) {
        return time.toSeconds() + " s";
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }
}
