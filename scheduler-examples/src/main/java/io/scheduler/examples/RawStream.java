package io.scheduler.examples;

import io.scheduler.infrastructure.redis.RedisStreamConfig;
import io.scheduler.infrastructure.redis.RedisTopology;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.redisson.Redisson;
import org.redisson.api.RScript;
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
        return with(config, client -> {
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
        });
    }

    /** How many bytes the keys of a pattern take, as {@code MEMORY USAGE key SAMPLES 0} tells. */
    static long memoryOfKeys(RedisStreamConfig config, String pattern) {
        String script = "local sum = 0 for _, key in ipairs(redis.call('KEYS', ARGV[1])) do"
                + " sum = sum + redis.call('MEMORY', 'USAGE', key, 'SAMPLES', 0) end return sum";
        return with(
                config,
                client -> client.getScript(StringCodec.INSTANCE)
                        .<Long>eval(RScript.Mode.READ_ONLY, script, RScript.ReturnType.LONG, List.of(), pattern));
    }

    private static <T> T with(RedisStreamConfig config, Function<RedissonClient, T> action) {
        if (!(config.topology() instanceof RedisTopology.Single single)) {
            throw new IllegalArgumentException("Only a single server can be looked into, not " + config.topology());
        }
        Config redisson = new Config();
        redisson.setCodec(StringCodec.INSTANCE);
        config.password().ifPresent(redisson::setPassword);
        config.username().ifPresent(redisson::setUsername);
        redisson.useSingleServer()
                .setAddress((config.tls().isPresent() ? "rediss://" : "redis://") + single.address())
                .setDatabase(config.database())
                .setTimeout(60_000)
                .setConnectionPoolSize(1)
                .setConnectionMinimumIdleSize(1);
        RedissonClient client = Redisson.create(redisson);
        try {
            return action.apply(client);
        } finally {
            client.shutdown();
        }
    }
}
