package io.scheduler.infrastructure.redis;

import java.time.Duration;

/** Three masters and three replicas; of the masters only the one matters that has the soaked queue. */
record SoakedCluster(RedisClusterProcess processes) implements ReplicatedRedis {

    private static final String KEY = RedisSoakSettings.QUEUE.value();
    private static final int SLOT = ClusterSlots.of(KEY);

    static SoakedCluster launch() {
        return new SoakedCluster(RedisClusterProcess.launchWithReplicas(RedisBinary.embedded()));
    }

    @Override
    public String uri() {
        return processes.uri();
    }

    @Override
    public RedisServerProcess master() {
        return processes.masterOf(KEY);
    }

    @Override
    public RedisServerProcess replica() {
        int port = Replication.portOfReplica(master());
        return processes.nodes().stream()
                .filter(node -> node.port() == port)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void patience(Duration time) {
        processes.onEachNode(node -> node.call("CONFIG", "SET", "cluster-node-timeout", time.toMillis()));
    }

    /**
     * The master waits until its replica has everything: nothing is lost. A replica that is not elected is told again;
     * masters elect none for twice their patience after the last one.
     */
    @Override
    public void orderFailOver() {
        RedisServerProcess replica = replica();
        patience(FailOver.WHEN_IT_IS);
        Replication.awaitOrdered(
                () -> {
                    try (RespClient client = replica.client()) {
                        client.callOrError("CLUSTER", "FAILOVER");
                    }
                },
                replica);
        patience(FailOver.UNLESS_IT_IS_MEANT);
    }

    @Override
    public void awaitFailOver(RedisServerProcess old) {
        processes.awaitFailOver(KEY, old);
    }

    /** Begins to move the queue's slot to another master. */
    Move beginMove() {
        Move move = new Move(master(), processes.otherMaster(KEY));
        processes.beginMove(SLOT, move.from(), move.to());
        return move;
    }

    /** Moves the keys one by one, and then the slot. */
    void endMove(Move move) {
        while (RedisClusterProcess.moveKeys(SLOT, move.from(), move.to()) > 0) {
            // Meanwhile there may be new ones.
        }
        processes.endMove(SLOT, move.from(), move.to());
    }

    record Move(RedisServerProcess from, RedisServerProcess to) {}

    @Override
    public void close() {
        processes.close();
    }
}
