package io.scheduler.examples;

import io.scheduler.infrastructure.redis.RedisStreamConfig;
import io.scheduler.infrastructure.redis.RedisTopology;
import java.util.ArrayList;
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

    /** Of a thousand keys each. */
    private static final int ROUNDS = 20;

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

    /**
     * The names of queues, as far as they show among the first keys: streams that are nobody's dead letters. Looks at
     * no more than 20,000 keys, so that a large Redis is not held up.
     */
    static List<String> queues(RedisStreamConfig config) {
        return with(config, client -> {
            List<String> names = new ArrayList<>();
            String cursor = "0";
            for (int round = 0; round < ROUNDS && (round == 0 || !cursor.equals("0")); round++) {
                List<Object> answer = client.getScript(StringCodec.INSTANCE)
                        .eval(
                                RScript.Mode.READ_ONLY,
                                "return redis.call('SCAN', ARGV[1], 'COUNT', 1000, 'TYPE', 'stream')",
                                RScript.ReturnType.LIST,
                                List.of(),
                                cursor);
                cursor = (String) answer.get(0);
                ((List<?>) answer.get(1)).forEach(key -> names.add((String) key));
            }
            return names.stream()
                    .filter(key -> key.startsWith(config.keyPrefix()))
                    .map(key -> key.substring(config.keyPrefix().length()))
                    .filter(name -> name.matches("[A-Za-z0-9._:-]{1,200}"))
                    .sorted()
                    .toList();
        });
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
