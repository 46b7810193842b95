package io.scheduler.infrastructure.redis;

import io.scheduler.core.queue.QueueName;
import io.scheduler.core.soak.Fault;
import io.scheduler.core.soak.OpenedQueue;
import io.scheduler.core.soak.SoakSubject;
import java.time.Duration;
import java.util.List;

/** Queues on a master that a replica takes over from; publications wait for the replica, so that they outlast that. */
final class ReplicatedSoakSubject implements SoakSubject, AutoCloseable {

    private final ReplicatedRedis redis;
    private final List<Fault> faults;

    private ReplicatedSoakSubject(ReplicatedRedis redis, List<Fault> faults) {
        this.redis = redis;
        this.faults = faults;
        redis.patience(FailOver.UNLESS_IT_IS_MEANT);
    }

    static ReplicatedSoakSubject onSentinel() {
        SoakedSentinel redis = SoakedSentinel.launch();
        ReplicatedFaults replicated = new ReplicatedFaults(redis);
        List<Fault> faults = replicated.all();
        faults.add(replicated.ordered(true));
        return new ReplicatedSoakSubject(redis, faults);
    }

    static ReplicatedSoakSubject onCluster() {
        SoakedCluster redis = SoakedCluster.launch();
        ReplicatedFaults replicated = new ReplicatedFaults(redis);
        List<Fault> faults = replicated.all();
        faults.add(replicated.ordered(false));
        faults.add(new SlotMoves(redis));
        return new ReplicatedSoakSubject(redis, faults);
    }

    @Override
    public OpenedQueue open(int number) {
        RedisStreamConfigBuilder where =
                RedisStreamConfig.fromUri(redis.uri()).toBuilder().durability(Durability.replicas(1));
        return RedisSoakSettings.open(number, where, () -> {});
    }

    @Override
    public int maxAttempts() {
        return RedisSoakSettings.MAX_ATTEMPTS;
    }

    @Override
    public Duration closesWithin() {
        return RedisSoakSettings.CLOSES_WITHIN;
    }

    @Override
    public Duration deduplicationWindow() {
        return RedisSoakSettings.DEDUPLICATION_WINDOW;
    }

    @Override
    public List<Fault> faults() {
        return faults;
    }

    @Override
    public List<String> leftovers(QueueName queue) {
        return RedisSoakSettings.leftovers(redis.master(), queue);
    }

    @Override
    public void close() {
        redis.close();
    }
}
