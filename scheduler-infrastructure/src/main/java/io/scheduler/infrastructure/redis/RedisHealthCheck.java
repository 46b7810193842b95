package io.scheduler.infrastructure.redis;

import io.scheduler.core.queue.Health;
import io.scheduler.core.queue.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Asks Redis how it is, and tells what about it loses messages. */
final class RedisHealthCheck {

    private static final String SAFE_EVICTION = "noeviction";

    private final RedisScripts scripts;
    private final RedisErrors errors;

    RedisHealthCheck(RedisScripts scripts, RedisErrors errors) {
        this.scripts = scripts;
        this.errors = errors;
    }

    /** Never fails: a server that cannot be asked is down. */
    CompletableFuture<Health> check() {
        Operation operation = new Operation("check the health", Optional.empty(), List.of());
        long start = System.nanoTime();
        return scripts.run(RedisScript.HEALTH, List.of(), List.of()).handle((answer, failure) -> {
            Duration latency = Duration.ofNanos(System.nanoTime() - start);
            return failure == null
                    ? up(latency, answer)
                    : Health.down(latency, errors.translate(operation, failure).getMessage());
        });
    }

    private static Health up(Duration latency, Object answer) {
        Map<String, String> info = parse(new String((byte[]) ((List<?>) answer).get(1), StandardCharsets.UTF_8));
        Map<String, String> details = new LinkedHashMap<>();
        // Valkey says that it is compatible with a Redis version, and has one of its own.
        String product = info.containsKey("valkey_version") ? "valkey" : "redis";
        copy(info, product + "_version", details, "version");
        details.computeIfPresent("version", (key, version) -> product + " " + version);
        copy(info, product + "_mode", details, "mode");
        details.computeIfAbsent("mode", key -> info.get("redis_mode"));
        copy(info, "role", details, "role");
        copy(info, "maxmemory_policy", details, "eviction");
        return new Health(true, latency, details, problems(info));
    }

    private static List<String> problems(Map<String, String> info) {
        List<String> problems = new ArrayList<>();
        if (info.isEmpty()) {
            problems.add("This user may not run INFO, so nothing is known of the server; grant it to check more");
            return problems;
        }
        String policy = info.getOrDefault("maxmemory_policy", SAFE_EVICTION);
        if (!policy.equals(SAFE_EVICTION)) {
            problems.add("The eviction policy is " + policy + ": when memory runs out, Redis throws messages away. Set"
                    + " maxmemory-policy to " + SAFE_EVICTION);
        }
        if (!info.getOrDefault("role", "master").equals("master")) {
            problems.add("This server is a replica and takes no writes; connect to its master");
        }
        return problems;
    }

    private static void copy(Map<String, String> info, String from, Map<String, String> details, String to) {
        Optional.ofNullable(info.get(from)).ifPresent(value -> details.put(to, value));
    }

    private static Map<String, String> parse(String info) {
        return info.lines()
                .filter(line -> line.indexOf(':') > 0)
                .map(line -> line.split(":", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (first, second) -> first));
    }
}
