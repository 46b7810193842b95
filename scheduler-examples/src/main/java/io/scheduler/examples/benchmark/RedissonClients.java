package io.scheduler.examples.benchmark;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.redisson.Redisson;
import org.redisson.api.BatchOptions;
import org.redisson.api.RBatch;
import org.redisson.api.RStream;
import org.redisson.api.RStreamAsync;
import org.redisson.api.RedissonClient;
import org.redisson.api.stream.StreamAddArgs;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.codec.Codec;
import org.redisson.client.codec.StringCodec;
import org.redisson.codec.CompositeCodec;
import org.redisson.config.Config;

/** Publishes with Redisson alone, with the settings that it has by default. */
record RedissonClients(RedissonClient client) implements AutoCloseable {

    /** Names of fields are text, what they hold is bytes. */
    static final Codec CODEC = new CompositeCodec(StringCodec.INSTANCE, ByteArrayCodec.INSTANCE);

    static final String STREAM = "redisson";

    static RedissonClients byDefault(BenchmarkRedis redis) {
        Config config = new Config();
        config.setCodec(CODEC);
        config.useSingleServer().setAddress("redis://" + BenchmarkRedis.HOST + ":" + redis.port());
        return new RedissonClients(Redisson.create(config));
    }

    double blocking(int callers, Duration time) throws Exception {
        RStream<String, byte[]> stream = client.getStream(STREAM);
        return Threads.rate(callers, time, () -> () -> {
            stream.add(entry());
            return 1;
        });
    }

    double async(int inFlight, Duration time) throws InterruptedException {
        return InFlight.rate(inFlight, time, 1, this::add);
    }

    /** Adds one without waiting for the answer. */
    CompletionStage<?> add() {
        RStream<String, byte[]> stream = client.getStream(STREAM);
        return stream.addAsync(entry());
    }

    double batches(int size, Duration time) throws InterruptedException {
        return InFlight.rate(4, time, size, () -> {
            RBatch batch = client.createBatch(BatchOptions.defaults());
            RStreamAsync<String, byte[]> stream = batch.getStream(STREAM);
            for (int i = 0; i < size; i++) {
                stream.addAsync(entry());
            }
            return batch.executeAsync();
        });
    }

    private static StreamAddArgs<String, byte[]> entry() {
        Map<String, byte[]> fields = Sample.fields();
        return StreamAddArgs.entries(fields);
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
