package io.scheduler.infrastructure.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** A cluster of three masters without replicas, on loopback. */
final class RedisClusterProcess implements AutoCloseable {

    private static final int SLOTS = 16384;
    private static final int NODES = 3;

    private final List<RedisServerProcess> nodes;

    private RedisClusterProcess(List<RedisServerProcess> nodes) {
        this.nodes = nodes;
    }

    static RedisClusterProcess launch() {
        List<RedisServerProcess> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            nodes.add(RedisServerProcess.launch(RedisBinary.embedded(), "--cluster-enabled", "yes"));
        }
        RedisClusterProcess cluster = new RedisClusterProcess(nodes);
        cluster.join();
        return cluster;
    }

    String uri() {
        return nodes.stream()
                .map(node -> RedisServerProcess.HOST + ":" + node.port())
                .collect(Collectors.joining(",", "redis-cluster://", ""));
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

    @Override
    public void close() {
        nodes.forEach(RedisServerProcess::close);
    }

    private void join() {
        for (int i = 0; i < NODES; i++) {
            try (RespClient client = nodes.get(i).client()) {
                int from = i * SLOTS / NODES;
                int to = (i + 1) * SLOTS / NODES;
                client.call(IntStream.range(from, to)
                        .boxed()
                        .collect(
                                () -> new ArrayList<Object>(List.of("CLUSTER", "ADDSLOTS")),
                                ArrayList::add,
                                ArrayList::addAll)
                        .toArray());
                client.call(
                        "CLUSTER", "MEET", RedisServerProcess.HOST, nodes.get(0).port());
            }
        }
        Awaitility.await("cluster").until(() -> nodes.stream().allMatch(RedisClusterProcess::isReady));
    }

    private static boolean isReady(RedisServerProcess node) {
        try (RespClient client = node.client()) {
            String info = (String) client.call("CLUSTER", "INFO");
            return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + NODES);
        }
    }
}
