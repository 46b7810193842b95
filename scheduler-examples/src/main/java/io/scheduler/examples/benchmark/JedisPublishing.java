package io.scheduler.examples.benchmark;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.XAddParams;

/** Publishes with Jedis, which sends a pipeline and then reads all answers to it. */
record JedisPublishing(RedisClient client) implements AutoCloseable {

    private static final byte[] STREAM = bytes("jedis");
    private static final XAddParams NEXT_ID = XAddParams.xAddParams();
    private static final Map<String, byte[]> NAMES = Sample.fields().keySet().stream()
            .collect(Collectors.toUnmodifiableMap(Function.identity(), JedisPublishing::bytes));

    static JedisPublishing connect(BenchmarkRedis redis) {
        return new JedisPublishing(RedisClient.create(BenchmarkRedis.HOST, redis.port()));
    }

    double pipelined(int size, Duration time) throws Exception {
        try (Pipeline pipeline = client.pipelined()) {
            return Threads.rate(1, time, () -> () -> {
                Response<byte[]> last = pipeline.xadd(STREAM, NEXT_ID, entry());
                for (int i = 1; i < size; i++) {
                    last = pipeline.xadd(STREAM, NEXT_ID, entry());
                }
                pipeline.sync();
                last.get(); // fails, if it has not been added
                return size;
            });
        }
    }

    private static Map<byte[], byte[]> entry() {
        Map<byte[], byte[]> entry = new HashMap<>();
        Sample.fields().forEach((name, value) -> entry.put(NAMES.get(name), value));
        return entry;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close();
    }
}
