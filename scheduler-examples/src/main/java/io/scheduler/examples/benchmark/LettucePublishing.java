package io.scheduler.examples.benchmark;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Publishes with Lettuce, which sends what it was given when it is told to. */
record LettucePublishing(RedisClient client, StatefulRedisConnection<String, byte[]> connection)
        implements AutoCloseable {

    private static final String STREAM = "lettuce";
    private static final int FLUSHES_IN_FLIGHT = 20;

    static LettucePublishing connect(BenchmarkRedis redis) {
        RedisClient client = RedisClient.create("redis://" + BenchmarkRedis.HOST + ":" + redis.port());
        StatefulRedisConnection<String, byte[]> connection =
                client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
        connection.setAutoFlushCommands(false);
        return new LettucePublishing(client, connection);
    }

    double flushing(int size, Duration time) throws InterruptedException {
        return InFlight.rate(FLUSHES_IN_FLIGHT, time, size, () -> {
            List<CompletableFuture<?>> answers = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                answers.add(connection.async().xadd(STREAM, Sample.fields()).toCompletableFuture());
            }
            connection.flushCommands();
            // Redis answers in order: the last one is the last.
            return answers.get(size - 1);
        });
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown(0, 2, TimeUnit.SECONDS);
    }
}
