package io.scheduler.examples.benchmark;

import java.time.Duration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.core.StreamOperations;
import org.springframework.data.redis.serializer.RedisSerializer;

/**
 * Publishes with Spring Data Redis over Lettuce, with the settings that it has by default: callers share a connection.
 */
record SpringPublishing(LettuceConnectionFactory connections, StreamOperations<String, String, byte[]> streams)
        implements AutoCloseable {

    private static final String STREAM = "spring";

    static SpringPublishing connect(BenchmarkRedis redis) {
        LettuceConnectionFactory connections = new LettuceConnectionFactory(BenchmarkRedis.HOST, redis.port());
        connections.afterPropertiesSet();
        connections.start();
        RedisTemplate<String, byte[]> template = new RedisTemplate<>();
        template.setConnectionFactory(connections);
        template.setKeySerializer(RedisSerializer.string());
        template.setHashKeySerializer(RedisSerializer.string());
        template.setHashValueSerializer(RedisSerializer.byteArray());
        template.afterPropertiesSet();
        return new SpringPublishing(connections, template.opsForStream());
    }

    double blocking(int callers, Duration time) throws Exception {
        return Threads.rate(callers, time, () -> () -> {
            streams.add(STREAM, Sample.fields());
            return 1;
        });
    }

    @Override
    public void close() {
        connections.destroy();
    }
}
