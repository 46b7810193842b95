package io.scheduler.infrastructure.redis;

import io.scheduler.core.queue.QueueName;
import io.scheduler.core.soak.Fault;
import io.scheduler.core.soak.OpenedQueue;
import io.scheduler.core.soak.SoakSubject;
import java.time.Duration;
import java.util.List;

/** Queues on one real server, each with a way of its own to it. */
final class RedisSoakSubject implements SoakSubject, AutoCloseable {

    private final RedisServerProcess server = RedisServerProcess.launch();
    private final FlakyNetwork network = new FlakyNetwork(server.port());

    @Override
    public OpenedQueue open(int number) {
        TcpProxy way = network.way();
        return RedisSoakSettings.open(number, RedisStreamConfig.builder().port(way.port()), way::close);
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
        return new RedisFaults(server, network).all(RedisSoakSettings.keys(RedisSoakSettings.QUEUE));
    }

    @Override
    public List<String> leftovers(QueueName queue) {
        return RedisSoakSettings.leftovers(server, queue);
    }

    @Override
    public boolean isOwn(Thread thread) {
        return thread.getName().equals(TcpProxy.THREADS);
    }

    @Override
    public void close() {
        network.close();
        server.close();
    }
}
