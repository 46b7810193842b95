package io.scheduler.infrastructure.redis;

import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Creates, counts, empties and deletes queues: one script each. Futures fail with the bare failure. */
final class RedisQueueAdmin {

    private final RedisScripts scripts;
    private final RedisStreamConfig config;

    RedisQueueAdmin(RedisScripts scripts, RedisStreamConfig config) {
        this.scripts = scripts;
        this.config = config;
    }

    CompletableFuture<Boolean> create(QueueName queue) {
        RedisKeys keys = RedisKeys.of(queue, config);
        return scripts.run(RedisScript.CREATE, List.of(keys.stream()), List.of(keys.group()))
                .thenApply(Long.valueOf(1)::equals);
    }

    CompletableFuture<Boolean> exists(QueueName queue) {
        RedisKeys keys = RedisKeys.of(queue, config);
        return scripts.run(RedisScript.EXISTS, List.of(keys.stream()), List.of())
                .thenApply(Long.valueOf(1)::equals);
    }

    CompletableFuture<Boolean> delete(QueueName queue) {
        RedisKeys keys = RedisKeys.of(queue, config);
        List<String> all = new ArrayList<>(List.of(keys.stream(), keys.delayed(), keys.dead()));
        all.addAll(keys.seenIds());
        return scripts.run(RedisScript.DELETE, all, List.of()).thenApply(Long.valueOf(1)::equals);
    }

    CompletableFuture<Long> purge(QueueName queue) {
        RedisKeys keys = RedisKeys.of(queue, config);
        return scripts.run(RedisScript.PURGE, List.of(keys.stream(), keys.delayed()), List.of(keys.group()))
                .thenApply(Long.class::cast);
    }

    CompletableFuture<QueueStats> stats(QueueName queue) {
        RedisKeys keys = RedisKeys.of(queue, config);
        return scripts.run(
                        RedisScript.STATS, List.of(keys.stream(), keys.delayed(), keys.dead()), List.of(keys.group()))
                .thenApply(RedisQueueAdmin::toStats);
    }

    private static QueueStats toStats(Object result) {
        List<Long> counts = ((List<?>) result).stream().map(Long.class::cast).toList();
        long oldest = counts.get(5);
        return new QueueStats(
                counts.get(0),
                counts.get(1),
                counts.get(2),
                counts.get(3),
                Math.toIntExact(counts.get(4)),
                oldest < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(oldest)));
    }
}
