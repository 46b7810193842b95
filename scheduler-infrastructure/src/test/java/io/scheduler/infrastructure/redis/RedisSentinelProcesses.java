package io.scheduler.infrastructure.redis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A master with one replica, and three sentinels that watch it impatiently. */
final class RedisSentinelProcesses implements AutoCloseable {

    static final String MASTER_NAME = "main";

    private static final Duration FAIL_OVER_TIMEOUT = Duration.ofSeconds(60);

    private final List<RedisServerProcess> servers = new ArrayList<>();
    private final List<RedisServerProcess> sentinels = new ArrayList<>();

    private RedisSentinelProcesses() {}

    /** Starts them; settings are for master and replica. */
    static RedisSentinelProcesses launch(Path binary, String... settings) {
        RedisSentinelProcesses all = new RedisSentinelProcesses();
        try {
            all.servers.add(RedisServerProcess.launch(binary, with(settings)));
            all.servers.add(RedisServerProcess.launch(
                    binary,
                    with(
                            settings,
                            "--replicaof",
                            RedisServerProcess.HOST,
                            String.valueOf(all.servers.get(0).port()))));
            for (int i = 0; i < 3; i++) {
                all.sentinels.add(RedisServerProcess.launchSentinel(
                        binary,
                        "sentinel monitor " + MASTER_NAME + " " + RedisServerProcess.HOST + " "
                                + all.servers.get(0).port() + " 2",
                        "sentinel down-after-milliseconds " + MASTER_NAME + " 1000",
                        "sentinel failover-timeout " + MASTER_NAME + " 5000"));
            }
            Awaitility.await("sentinels know each other and the replica")
                    .atMost(FAIL_OVER_TIMEOUT)
                    .until(() -> all.sentinels.stream().allMatch(RedisSentinelProcesses::knowsAll));
            return all;
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
    }

    private static String[] with(String[] settings, String... more) {
        return Stream.of(
                        Stream.of("--repl-diskless-sync-delay", "0", "--repl-timeout", "10"),
                        Stream.of(settings),
                        Stream.of(more))
                .flatMap(part -> part)
                .toArray(String[]::new);
    }

    String uri() {
        return sentinels.stream()
                .map(sentinel -> RedisServerProcess.HOST + ":" + sentinel.port())
                .collect(Collectors.joining(",", "redis-sentinel://", "/" + MASTER_NAME));
    }

    /** The one of which the sentinels say so. */
    RedisServerProcess master() {
        return servers.stream()
                .filter(server -> server.port() == masterPort(sentinels.get(0)))
                .findFirst()
                .orElseThrow();
    }

    RedisServerProcess replica() {
        RedisServerProcess master = master();
        return servers.stream().filter(server -> server != master).findFirst().orElseThrow();
    }

    /** Lets the replica take over from a master that is well. */
    void orderFailOver() {
        try (RespClient sentinel = sentinels.get(0).client()) {
            sentinel.call("SENTINEL", "FAILOVER", MASTER_NAME);
        }
    }

    /** Blocks until all sentinels say that this server is the master, and it is. */
    void awaitMaster(RedisServerProcess server) {
        Awaitility.await("fail-over")
                .atMost(FAIL_OVER_TIMEOUT)
                .until(() -> sentinels.stream().allMatch(sentinel -> masterPort(sentinel) == server.port())
                        && role(server).equals("master"));
    }

    @Override
    public void close() {
        sentinels.forEach(RedisServerProcess::close);
        servers.forEach(RedisServerProcess::close);
    }

    private static String role(RedisServerProcess server) {
        try (RespClient client = server.client()) {
            return (String) ((List<?>) client.call("ROLE")).get(0);
        }
    }

    private static int masterPort(RedisServerProcess sentinel) {
        try (RespClient client = sentinel.client()) {
            return Integer.parseInt(client.strings("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER_NAME)
                    .get(1));
        }
    }

    private static boolean knowsAll(RedisServerProcess sentinel) {
        try (RespClient client = sentinel.client()) {
            return ((List<?>) client.call("SENTINEL", "SENTINELS", MASTER_NAME)).size() == 2
                    && ((List<?>) client.call("SENTINEL", "REPLICAS", MASTER_NAME)).size() == 1
                    && String.valueOf(client.call("SENTINEL", "CKQUORUM", MASTER_NAME))
                            .startsWith("OK");
        }
    }
}
