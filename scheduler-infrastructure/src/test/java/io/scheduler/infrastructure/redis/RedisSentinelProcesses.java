package io.scheduler.infrastructure.redis;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A master with one replica, and three sentinels that watch it impatiently. */
final class RedisSentinelProcesses implements AutoCloseable {

    static final String MASTER_NAME = "main";

    private static final Duration FAIL_OVERS_APART = Duration.ofSeconds(2);
    private static final Duration FAIL_OVER_TIMEOUT = Duration.ofSeconds(60);

    private final List<RedisServerProcess> servers = new ArrayList<>();
    private final List<RedisServerProcess> sentinels = new ArrayList<>();

    private RedisSentinelProcesses() {}

    /** Starts them; settings are for master and replica. */
    static RedisSentinelProcesses launch(Path binary, String... settings) {
        return launch(binary, Optional.empty(), RedisServerProcess.HOST, settings);
    }

    /** Starts them, with TLS between all of them, and by the names or addresses that they tell. */
    static RedisSentinelProcesses launch(Path binary, ServerTls tls, String host) {
        return launch(binary, Optional.of(tls), host);
    }

    private static RedisSentinelProcesses launch(
            Path binary, Optional<ServerTls> tls, String host, String... settings) {
        RedisSentinelProcesses all = new RedisSentinelProcesses();
        try {
            String[] announced = with(
                    settings, "--replica-announce-ip", host, "--repl-diskless-sync-delay", "0", "--repl-timeout", "10");
            all.servers.add(RedisServerProcess.launch(binary, tls, announced));
            all.servers.add(RedisServerProcess.launch(
                    binary,
                    tls,
                    with(
                            announced,
                            "--replicaof",
                            host,
                            String.valueOf(all.servers.get(0).publicPort()))));
            for (int i = 0; i < 3; i++) {
                all.sentinels.add(RedisServerProcess.launchSentinel(
                        binary,
                        tls,
                        "sentinel resolve-hostnames yes",
                        "sentinel announce-hostnames yes",
                        "sentinel announce-ip " + host,
                        "sentinel monitor " + MASTER_NAME + " " + host + " "
                                + all.servers.get(0).publicPort() + " 2",
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
        return Stream.concat(Stream.of(settings), Stream.of(more)).toArray(String[]::new);
    }

    String uri() {
        return uri("redis-sentinel://", RedisServerProcess.HOST);
    }

    String uri(String scheme, String host) {
        return sentinels.stream()
                .map(sentinel -> host + ":" + sentinel.publicPort())
                .collect(Collectors.joining(",", scheme, "/" + MASTER_NAME));
    }

    /** As Redisson wants them. */
    List<String> sentinelAddresses() {
        return sentinels.stream()
                .map(sentinel -> "redis://" + RedisServerProcess.HOST + ":" + sentinel.port())
                .toList();
    }

    /** The one of which the sentinels say so. */
    RedisServerProcess master() {
        return servers.stream()
                .filter(server -> server.publicPort() == masterPort(sentinels.get(0)))
                .findFirst()
                .orElseThrow();
    }

    RedisServerProcess replica() {
        return otherThan(master());
    }

    /** Of the two servers the one that is not this one. */
    RedisServerProcess otherThan(RedisServerProcess one) {
        return servers.stream().filter(server -> server != one).findFirst().orElseThrow();
    }

    /** For how long the master may be silent before the sentinels take it for dead. */
    void patience(Duration time) {
        for (RedisServerProcess sentinel : sentinels) {
            try (RespClient client = sentinel.client()) {
                client.call("SENTINEL", "SET", MASTER_NAME, "down-after-milliseconds", time.toMillis());
                // They try again after twice that, and not earlier after they did well.
                client.call("SENTINEL", "SET", MASTER_NAME, "failover-timeout", FAIL_OVERS_APART.toMillis());
            }
        }
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
                // A server that changes its role ends connections.
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> sentinels.stream().allMatch(sentinel -> masterPort(sentinel) == server.publicPort())
                        && role(server).equals("master"));
    }

    /** Blocks until no sentinel takes the master for dead or is about to replace it. */
    void awaitCalm() {
        Awaitility.await("calm sentinels")
                .atMost(FAIL_OVER_TIMEOUT)
                .until(() -> sentinels.stream().allMatch(sentinel -> {
                    try (RespClient client = sentinel.client()) {
                        List<String> facts = client.strings("SENTINEL", "MASTER", MASTER_NAME);
                        return facts.get(facts.indexOf("flags") + 1).equals("master");
                    }
                }));
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
