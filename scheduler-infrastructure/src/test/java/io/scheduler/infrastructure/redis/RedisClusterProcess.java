package io.scheduler.infrastructure.redis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A cluster of three masters on loopback, each with a replica if asked for. */
final class RedisClusterProcess implements AutoCloseable {

    private static final int SLOTS = 16384;
    private static final int MASTERS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<RedisServerProcess> nodes = new ArrayList<>();

    private RedisClusterProcess() {}

    static RedisClusterProcess launch() {
        return launch(RedisBinary.embedded(), Optional.empty(), MASTERS);
    }

    /** Three masters and three replicas, which take over quickly. */
    static RedisClusterProcess launchWithReplicas(Path binary) {
        return launchWithReplicas(binary, Optional.empty(), Stream.of());
    }

    /** The same, with TLS between all of them. */
    static RedisClusterProcess launchWithReplicas(Path binary, ServerTls tls) {
        return launchWithReplicas(binary, Optional.of(tls), Stream.of("--tls-cluster", "yes"));
    }

    private static RedisClusterProcess launchWithReplicas(Path binary, Optional<ServerTls> tls, Stream<String> more) {
        Stream<String> quick = Stream.of("--cluster-node-timeout", "1500", "--repl-diskless-sync-delay", "0");
        return launch(binary, tls, 2 * MASTERS, Stream.concat(quick, more).toArray(String[]::new));
    }

    private static RedisClusterProcess launch(Path binary, Optional<ServerTls> tls, int count, String... settings) {
        RedisClusterProcess cluster = new RedisClusterProcess();
        try {
            String[] all = Stream.concat(Stream.of("--cluster-enabled", "yes"), Stream.of(settings))
                    .toArray(String[]::new);
            for (int i = 0; i < count; i++) {
                cluster.nodes.add(RedisServerProcess.launch(binary, tls, all));
            }
            cluster.join();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    String uri() {
        return uri("redis-cluster://", RedisServerProcess.HOST);
    }

    String uri(String scheme, String host) {
        return nodes.stream().map(node -> host + ":" + node.publicPort()).collect(Collectors.joining(",", scheme, ""));
    }

    List<RedisServerProcess> nodes() {
        return List.copyOf(nodes);
    }

    /** How many keys each node has. */
    List<Long> keysPerNode() {
        return nodes.stream()
                .map(node -> {
                    try (RespClient client = node.client()) {
                        return client.number("DBSIZE");
                    }
                })
                .toList();
    }

    /** For what each node keeps by itself, such as its users. */
    void onEachNode(Consumer<RespClient> action) {
        for (RedisServerProcess node : nodes) {
            try (RespClient client = node.client()) {
                action.accept(client);
            }
        }
    }

    /** The node that answers for a key now. */
    RedisServerProcess masterOf(String key) {
        int slot = ClusterSlots.of(key);
        return nodes.stream().filter(node -> owns(node, slot)).findFirst().orElseThrow();
    }

    /** A master that does not answer for the key. */
    RedisServerProcess otherMaster(String key) {
        RedisServerProcess master = masterOf(key);
        return nodes.stream()
                .filter(node -> node != master && myself(node).contains("master"))
                .findFirst()
                .orElseThrow();
    }

    /** Blocks until another node than this one answers for the key, and all that are alive agree that all is well. */
    void awaitFailOver(String key, RedisServerProcess dead) {
        int slot = ClusterSlots.of(key);
        List<RedisServerProcess> others =
                nodes.stream().filter(node -> node != dead).toList();
        try {
            Awaitility.await("fail-over")
                    .atMost(PATIENCE)
                    .until(() -> others.stream().anyMatch(node -> owns(node, slot))
                            && others.stream().allMatch(node -> isReady(node, nodes.size())));
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException(
                    "Nobody has taken over slot " + slot + " from the node on port " + dead.port()
                            + others.stream()
                                    .map(RedisClusterProcess::report)
                                    .collect(Collectors.joining("\n\n", "\n", "")),
                    e);
        }
    }

    /** What a node knows of the others, and what it has written down last. */
    private static String report(RedisServerProcess node) {
        return "The node on port " + node.port() + ":\n" + lines(node).collect(Collectors.joining("\n")) + "\n"
                + node.lastLogged(40);
    }

    /** Moves a slot and all its keys; how many there were. */
    int move(int slot, RedisServerProcess from, RedisServerProcess to) {
        beginMove(slot, from, to);
        int moved = 0;
        for (int step = moveKeys(slot, from, to); step > 0; ) {
            moved += step;
            step = moveKeys(slot, from, to);
        }
        endMove(slot, from, to);
        return moved;
    }

    /** The replica of a master that has one. */
    RedisServerProcess replicaOf(RedisServerProcess master) {
        String id = myself(master).split(" ")[0];
        return nodes.stream()
                .filter(node -> myself(node).contains("slave " + id))
                .findFirst()
                .orElseThrow();
    }

    /** Begins to move a slot: its keys are asked for at both ends from now on. */
    void beginMove(int slot, RedisServerProcess from, RedisServerProcess to) {
        try (RespClient source = from.client();
                RespClient target = to.client()) {
            target.call("CLUSTER", "SETSLOT", slot, "IMPORTING", source.call("CLUSTER", "MYID"));
            source.call("CLUSTER", "SETSLOT", slot, "MIGRATING", target.call("CLUSTER", "MYID"));
        }
    }

    /** Moves all keys that a slot has now, one by one; how many there were. */
    static int moveKeys(int slot, RedisServerProcess from, RedisServerProcess to) {
        int moved = 0;
        try (RespClient source = from.client()) {
            for (String key : source.strings("CLUSTER", "GETKEYSINSLOT", slot, 100)) {
                source.call("MIGRATE", RedisServerProcess.HOST, to.publicPort(), key, 0, 5_000);
                moved++;
            }
        }
        return moved;
    }

    /** Ends the move: all masters learn who answers for the slot. */
    void endMove(int slot, RedisServerProcess from, RedisServerProcess to) {
        String id;
        try (RespClient target = to.client()) {
            id = (String) target.call("CLUSTER", "MYID");
            target.call("CLUSTER", "SETSLOT", slot, "NODE", id);
        }
        try (RespClient source = from.client()) {
            source.call("CLUSTER", "SETSLOT", slot, "NODE", id);
        }
    }

    @Override
    public void close() {
        nodes.forEach(RedisServerProcess::close);
    }

    private void join() {
        for (int i = 0; i < nodes.size(); i++) {
            try (RespClient client = nodes.get(i).client()) {
                if (i < MASTERS) {
                    client.call(slots(i * SLOTS / MASTERS, (i + 1) * SLOTS / MASTERS));
                }
                client.call(
                        "CLUSTER", "MEET", RedisServerProcess.HOST, nodes.get(0).publicPort());
            }
        }
        Awaitility.await("cluster")
                .atMost(PATIENCE)
                .until(() -> nodes.stream().allMatch(node -> isReady(node, nodes.size())));
        for (int i = MASTERS; i < nodes.size(); i++) {
            try (RespClient master = nodes.get(i - MASTERS).client();
                    RespClient replica = nodes.get(i).client()) {
                replica.call("CLUSTER", "REPLICATE", master.call("CLUSTER", "MYID"));
            }
            nodes.get(i).awaitFollows();
        }
        int replicas = nodes.size() - MASTERS;
        Awaitility.await("all know the replicas")
                .atMost(PATIENCE)
                .until(() -> nodes.stream()
                        .allMatch(node -> lines(node)
                                        .filter(line -> line.contains("slave"))
                                        .count()
                                == replicas));
    }

    private static Object[] slots(int from, int to) {
        return Stream.concat(
                        Stream.of("CLUSTER", "ADDSLOTS"),
                        IntStream.range(from, to).boxed())
                .toArray();
    }

    private static boolean isReady(RedisServerProcess node, int known) {
        try (RespClient client = node.client()) {
            String info = (String) client.call("CLUSTER", "INFO");
            return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + known);
        }
    }

    private static boolean owns(RedisServerProcess node, int slot) {
        String[] parts = myself(node).split(" ");
        return parts[2].contains("master")
                && Stream.of(parts)
                        .skip(8)
                        .filter(range -> !range.startsWith("["))
                        .anyMatch(range -> {
                            String[] bounds = range.split("-");
                            return Integer.parseInt(bounds[0]) <= slot
                                    && slot <= Integer.parseInt(bounds[bounds.length - 1]);
                        });
    }

    private static String myself(RedisServerProcess node) {
        return lines(node).filter(line -> line.contains("myself")).findFirst().orElseThrow();
    }

    private static Stream<String> lines(RedisServerProcess node) {
        try (RespClient client = node.client()) {
            return ((String) client.call("CLUSTER", "NODES")).lines();
        }
    }
}
