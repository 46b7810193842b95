package io.scheduler.infrastructure.redis;

import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueStats;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was found about a queue, beyond its counts.
 *
 * @param consumers about its consumers
 * @param leases about messages that came again
 * @param letters about its dead letters
 */
record Diagnosis(ConsumerProblems consumers, LeaseProblems leases, LetterProblems letters) {

    /** Reads what {@code diagnose.lua} returns. */
    static Diagnosis of(Object result) {
        List<?> values = (List<?>) result;
        return new Diagnosis(
                new ConsumerProblems(
                        number(values, 0), number(values, 1), text(values, 2), millis(values, 3), millis(values, 4)),
                new LeaseProblems(number(values, 5), number(values, 6), number(values, 7)),
                new LetterProblems(
                        number(values, 8),
                        number(values, 9) == 1,
                        millis(values, 10),
                        millis(values, 11),
                        text(values, 12),
                        millis(values, 13)));
    }

    List<String> sentences(QueueName queue, QueueStats stats, Duration lease) {
        return Stream.of(
                        consumers.sentences(queue, stats, lease),
                        leases.sentences(queue, lease),
                        letters.sentences(queue))
                .flatMap(List::stream)
                .toList();
    }

    private static long number(List<?> values, int index) {
        return (Long) values.get(index);
    }

    private static Duration millis(List<?> values, int index) {
        return Duration.ofMillis(number(values, index));
    }

    private static String text(List<?> values, int index) {
        return new String((byte[]) values.get(index), StandardCharsets.UTF_8);
    }
}
