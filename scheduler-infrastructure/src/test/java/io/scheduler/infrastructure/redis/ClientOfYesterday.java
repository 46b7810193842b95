package io.scheduler.infrastructure.redis;

import io.scheduler.core.queue.MessageQueue;
import io.scheduler.infrastructure.json.JacksonMessageCodec;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.config.Config;
import org.redisson.config.ReadMode;

/** A client that asks a cluster once who has which slot, and afterwards only learns it by being redirected. */
final class ClientOfYesterday implements AutoCloseable {

    private static final int LONGER_THAN_ANY_TEST = 3_600_000;

    private final RedissonClient redisson;

    private ClientOfYesterday(RedissonClient redisson) {
        this.redisson = redisson;
    }

    static ClientOfYesterday of(RedisClusterProcess redis) {
        Config config = new Config();
        config.setCodec(ByteArrayCodec.INSTANCE);
        config.useClusterServers()
                .addNodeAddress(
                        redis.nodes().stream().map(RedisServerProcess::uri).toArray(String[]::new))
                .setScanInterval(LONGER_THAN_ANY_TEST)
                .setReadMode(ReadMode.MASTER)
                .setRetryAttempts(0);
        return new ClientOfYesterday(Redisson.create(config));
    }

    MessageQueue queue(Durability durability) {
        RedisStreamConfig config = RedisStreamConfig.builder()
                .durability(durability)
                .maxRetryAttempts(1)
                .build();
        return RedisMessageQueue.on(redisson, config, new JacksonMessageCodec());
    }

    @Override
    public void close() {
        redisson.shutdown();
    }
}
