package io.scheduler.infrastructure.redis;

import java.time.Duration;

/** Three sentinels, a master and a replica. */
record SoakedSentinel(RedisSentinelProcesses processes) implements ReplicatedRedis {

    static SoakedSentinel launch() {
        return new SoakedSentinel(RedisSentinelProcesses.launch(RedisBinary.embedded()));
    }

    @Override
    public String uri() {
        return processes.uri();
    }

    @Override
    public RedisServerProcess master() {
        return processes.master();
    }

    @Override
    public RedisServerProcess replica() {
        return processes.replica();
    }

    @Override
    public void patience(Duration time) {
        processes.patience(time);
    }

    @Override
    public void orderFailOver() {
        processes.orderFailOver();
    }

    /** A server that has just become the master seems silent to sentinels that are impatient, and they begin anew. */
    @Override
    public void awaitFailOver(RedisServerProcess old) {
        processes.awaitMaster(processes.otherThan(old));
        patience(FailOver.UNLESS_IT_IS_MEANT);
        processes.awaitCalm();
    }

    @Override
    public void close() {
        processes.close();
    }
}
