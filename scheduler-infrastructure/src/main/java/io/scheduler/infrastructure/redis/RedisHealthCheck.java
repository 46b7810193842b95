package io.scheduler.infrastructure.redis;

import io.scheduler.core.queue.Health;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueStats;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks Redis how it is, and tells what about it, and about a queue, loses or delays messages. */
final class RedisHealthCheck {

    private final RedisScripts scripts;
    private final RedisErrors errors;
    private final RedisStreamConfig config;
    private final InstantSource clock;

    /** @param clock this machine's, to be compared with the server's, and for nothing else */
    RedisHealthCheck(RedisScripts scripts, RedisErrors errors, RedisStreamConfig config, InstantSource clock) {
        this.scripts = scripts;
        this.errors = errors;
        this.config = config;
        this.clock = clock;
    }

    /** Never fails: a server that cannot be asked is down. */
    CompletableFuture<Health> check() {
        Operation operation = new Operation("check the health", Optional.empty(), List.of());
        long start = System.nanoTime();
        Instant asked = clock.instant();
        return scripts.run(RedisScript.HEALTH, List.of(), List.of()).handle((answer, failure) -> {
            Duration latency = Duration.ofNanos(System.nanoTime() - start);
            return failure == null
                    ? up(latency, asked, (List<?>) answer)
                    : Health.down(latency, errors.translate(operation, failure).getMessage());
        });
    }

    /** What is wrong with a queue beyond what its counts say. Fails with the bare failure. */
    CompletableFuture<List<String>> problems(QueueName queue, QueueStats stats) {
        RedisKeys keys = RedisKeys.of(queue, config);
        return scripts.run(
                        RedisScript.DIAGNOSE,
                        List.of(keys.stream(), keys.dead()),
                        List.of(keys.group(), config.lease().toMillis()))
                .thenApply(result -> Diagnosis.of(result).sentences(queue, stats, config.lease()));
    }

    private Health up(Duration latency, Instant asked, List<?> answer) {
        ServerInfo info = ServerInfo.parse(new String((byte[]) answer.get(1), StandardCharsets.UTF_8));
        Instant serverTime = Instant.ofEpochMilli((Long) answer.get(2));
        return new Health(
                        true,
                        latency,
                        info.details(),
                        ServerProblems.of(info, config.durability(), ahead(asked, asked.plus(latency), serverTime)))
                .withProblems(LeaseProblems.renewal(config.lease(), config.commandTimeout()));
    }

    /** The server told its time at some moment between question and answer. */
    private static Duration ahead(Instant asked, Instant answered, Instant serverTime) {
        if (serverTime.isBefore(asked)) {
            return Duration.between(serverTime, asked);
        }
        return serverTime.isAfter(answered) ? Duration.between(serverTime, answered) : Duration.ZERO;
    }
}
