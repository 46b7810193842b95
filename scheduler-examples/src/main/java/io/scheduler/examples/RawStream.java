package io.scheduler.examples;

import io.scheduler.infrastructure.redis.RedisStreamConfig;
import io.scheduler.infrastructure.redis.RedisTopology;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.api.stream.StreamMessageId;
import org.redisson.api.stream.StreamRangeArgs;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** Looks at a stream as any Redis client would. */
final class RawStream {

    private RawStream() {}

    /** The first entry of a stream, as {@code XRANGE key - + COUNT 1} shows it. */
    static List<String> firstEntry(RedisStreamConfig config, String key) {
        Config redisson = new Config();
        redisson.setCodec(StringCodec.INSTANCE);
        config.password().ifPresent(redisson::setPassword);
        config.username().ifPresent(redisson::setUsername);
        if (!(config.topology() instanceof RedisTopology.Single single)) {
            return List.of("(shown only for a single server)");
        }
        redisson.useSingleServer()
                .setAddress((config.tls() ? "rediss://" : "redis://") + single.address())
                .setDatabase(config.database())
                .setConnectionPoolSize(1)
                .setConnectionMinimumIdleSize(1);
        RedissonClient client = Redisson.create(redisson);
        try {
            Map<StreamMessageId, Map<String, String>> entries = client.<String, String>getStream(key)
                    .range(StreamRangeArgs.startId(StreamMessageId.MIN)
                            .endId(StreamMessageId.MAX)
                            .count(1));
            return entries.entrySet().stream()
                    .flatMap(entry -> Stream.concat(
                            Stream.of(entry.getKey().toString()),
                            entry.getValue().entrySet().stream()
                                    .map(field -> String.format("%-15s %s", field.getKey(), field.getValue()))))
                    .toList();
        } finally {
            client.shutdown();
        }
    }
}
