package io.scheduler.infrastructure.redis;

import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.soak.Fault;
import io.scheduler.core.soak.OpenedQueue;
import io.scheduler.core.soak.SoakSubject;
import io.scheduler.infrastructure.MessageQueues;
import io.scheduler.infrastructure.json.JacksonMessageCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Queues on one real server, each with a way of its own to it. Every other one repeats failed calls by itself, as
 * programs have it; the others show what each single call said.
 */
final class RedisSoakSubject implements SoakSubject, AutoCloseable {

    private static final Duration LEASE = Duration.ofMillis(1500);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final int TRIES = 3;
    private static final Duration BACKOFFS = Duration.ofSeconds(1);

    /** What a busy machine adds between the timer and the caller. */
    private static final Duration SLACK = Duration.ofSeconds(1);

    private final RedisServerProcess server = RedisServerProcess.launch();
    private final FlakyNetwork network = new FlakyNetwork(server.port());

    @Override
    public OpenedQueue open(int number) {
        FlakyNetwork.Way way = network.way();
        RedisStreamConfig config = RedisStreamConfig.builder()
                .port(way.port())
                .connectionTimeout(TIMEOUT)
                .commandTimeout(TIMEOUT)
                .maxRetryAttempts(TRIES)
                .retryDelay(Duration.ofMillis(100))
                .lease(LEASE)
                .maxAttempts(maxAttempts())
                .deduplicationWindow(deduplicationWindow())
                .build();
        boolean repeats = number % 2 != 0;
        MessageQueue queue =
                repeats ? MessageQueues.redis(config) : RedisMessageQueue.open(config, new JacksonMessageCodec());
        Duration oneTry =
                config.connectionTimeout().plus(config.commandTimeout().multipliedBy(2));
        Duration endsWithin = repeats ? oneTry.multipliedBy(TRIES).plus(BACKOFFS) : oneTry;
        return new OpenedQueue(queue, endsWithin.plus(SLACK), repeats, () -> {
            way.close();
            queue.close();
        });
    }

    @Override
    public int maxAttempts() {
        return 8;
    }

    @Override
    public Duration closesWithin() {
        return TIMEOUT.plusSeconds(9).plus(SLACK);
    }

    @Override
    public Duration deduplicationWindow() {
        return Duration.ofSeconds(40);
    }

    @Override
    public List<Fault> faults() {
        return new RedisFaults(server, network).all(keys(QueueName.of("soak")));
    }

    @Override
    public List<String> leftovers(QueueName queue) {
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

    @Override
    public boolean isOwn(Thread thread) {
        return thread.getName().equals(FlakyNetwork.THREADS);
    }

    @Override
    public void close() {
        network.close();
        server.close();
    }

    private RedisKeys keys(QueueName queue) {
        return RedisKeys.of(
                queue,
                RedisStreamConfig.builder()
                        .deduplicationWindow(deduplicationWindow())
                        .build());
    }

    private static void note(List<String> left, long count, String what) {
        if (count > 0) {
            left.add(count + " " + what);
        }
    }
}
