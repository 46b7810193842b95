package io.scheduler.infrastructure.redis;

import io.scheduler.core.soak.Fault;
import java.time.Duration;

/** A fault by which the replica becomes the master. Until it has begun the replica has everything. */
abstract class FailOver implements Fault {

    /** A machine that stands still for a while is no reason: what that undoes would be in no history. */
    static final Duration UNLESS_IT_IS_MEANT = Duration.ofSeconds(30);

    static final Duration WHEN_IT_IS = Duration.ofMillis(1500);

    private final String name;
    private final ReplicatedRedis redis;
    private RedisServerProcess old;

    FailOver(String name, ReplicatedRedis redis) {
        this.name = name;
        this.redis = redis;
    }

    abstract void begin(RedisServerProcess master);

    /** At the end: makes sure that the replica takes over. */
    void takeOver(RedisServerProcess master) {}

    /** When there is a new master. */
    void comeBack(RedisServerProcess master) {}

    /** Kills the master, and lets the others notice soon. */
    final void kill(RedisServerProcess master) {
        redis.patience(WHEN_IT_IS);
        master.kill();
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final void begin() {
        old = redis.master();
        Replication.awaitReplicated(old);
        begin(old);
    }

    @Override
    public final void end() {
        takeOver(old);
        redis.awaitFailOver(old);
        comeBack(old);
        old.awaitFollows();
        redis.patience(UNLESS_IT_IS_MEANT);
    }

    @Override
    public boolean goesBack() {
        return true;
    }

    @Override
    public Duration longest() {
        return Duration.ZERO;
    }
}
