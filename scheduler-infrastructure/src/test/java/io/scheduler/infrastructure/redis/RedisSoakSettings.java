package io.scheduler.infrastructure.redis;

import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.soak.OpenedQueue;
import io.scheduler.infrastructure.MessageQueues;
import io.scheduler.infrastructure.json.JacksonMessageCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How queues on Redis are soaked, whatever the servers: their settings, how long their calls may take, and what may be
 * left of them. Every other one repeats failed calls by itself, as programs have it; the others show what each single
 * call said.
 */
final class RedisSoakSettings {

    static final QueueName QUEUE = QueueName.of("soak");
    static final int MAX_ATTEMPTS = 8;
    static final Duration DEDUPLICATION_WINDOW = Duration.ofSeconds(40);

    private static final Duration LEASE = Duration.ofMillis(1500);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final int TRIES = 3;
    private static final Duration BACKOFFS = Duration.ofSeconds(1);

    /** What a busy machine adds between the timer and the caller. */
    private static final Duration SLACK = Duration.ofSeconds(1);

    static final Duration CLOSES_WITHIN = TIMEOUT.plusSeconds(9).plus(SLACK);

    private RedisSoakSettings() {}

    /**
     * Opens a queue object.
     *
     * @param where which servers; the other settings are made here
     * @param cut cuts its way to them for good, as far as there is one
     */
    static OpenedQueue open(int number, RedisStreamConfigBuilder where, Runnable cut) {
        RedisStreamConfig config = where.connectionTimeout(TIMEOUT)
                .commandTimeout(TIMEOUT)
                .maxRetryAttempts(TRIES)
                .retryDelay(Duration.ofMillis(100))
                .lease(LEASE)
                .maxAttempts(MAX_ATTEMPTS)
                .deduplicationWindow(DEDUPLICATION_WINDOW)
                .build();
        boolean repeats = number % 2 != 0;
        MessageQueue queue =
                repeats ? MessageQueues.redis(config) : RedisMessageQueue.open(config, new JacksonMessageCodec());
        Duration oneTry =
                config.connectionTimeout().plus(config.commandTimeout().multipliedBy(2));
        Duration endsWithin = repeats ? oneTry.multipliedBy(TRIES).plus(BACKOFFS) : oneTry;
        return new OpenedQueue(queue, endsWithin.plus(SLACK), repeats, () -> {
            cut.run();
            queue.close();
        });
    }

    static RedisKeys keys(QueueName queue) {
        return RedisKeys.of(
                queue,
                RedisStreamConfig.builder()
                        .deduplicationWindow(DEDUPLICATION_WINDOW)
                        .build());
    }

    /** What a server still has of a queue that has nothing to do, but for remembered ids. */
    static List<String> leftovers(RedisServerProcess server, QueueName queue) {
        RedisKeys keys = keys(queue);
        List<String> left = new ArrayList<>();
        try (RespClient redis = server.client()) {
            note(left, redis.number("XLEN", keys.stream()), "entries in the stream");
            note(left, redis.number("ZCARD", keys.delayed()), "delayed messages");
            note(left, redis.number("XLEN", keys.dead()), "dead letters");
            Object pending = ((List<?>) redis.call("XPENDING", keys.stream(), keys.group())).get(0);
            note(left, (Long) pending, "pending entries");
            Set<String> strangers = new TreeSet<>(redis.strings("KEYS", "*"));
            strangers.removeAll(keys.seenIds());
            strangers.removeAll(List.of(keys.stream(), keys.delayed(), keys.dead()));
            note(left, strangers.size(), "other keys: " + strangers);
        }
        return left;
    }

    private static void note(List<String> left, long count, String what) {
        if (count > 0) {
            left.add(count + " " + what);
        }
    }
}
