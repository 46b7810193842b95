package io.scheduler.infrastructure;

import io.scheduler.core.queue.MessageQueue;
import io.scheduler.infrastructure.json.JacksonMessageCodec;
import io.scheduler.infrastructure.json.JacksonPayloadCodec;
import io.scheduler.infrastructure.memory.InMemoryMessageQueue;
import io.scheduler.infrastructure.redis.RedisMessageQueue;
import io.scheduler.infrastructure.redis.RedisStreamConfig;
import io.scheduler.infrastructure.retry.RetryOptions;
import io.scheduler.infrastructure.retry.RetryingMessageQueue;
import java.time.InstantSource;
import org.redisson.api.RedissonClient;

/** Ready-made queues: the one place where adapter, codec and retrying are put together. */
public final class MessageQueues {

    private MessageQueues() {}

    /**
     * A queue on Redis, with connections of its own. It connects when it is first used, and repeats what failed as the
     * configuration says.
     *
     * @param config which Redis, and how
     * @return the queue; close it when the program ends
     */
    public static MessageQueue redis(RedisStreamConfig config) {
        return retrying(RedisMessageQueue.open(config, jsonCodec()), config);
    }

    /**
     * A queue on a Redisson client that the caller owns and that stays open when the queue is closed.
     *
     * @param client the caller's client
     * @param config how the queues behave; how to connect is the client's affair
     * @return the queue
     */
    public static MessageQueue redis(RedissonClient client, RedisStreamConfig config) {
        return retrying(RedisMessageQueue.on(client, config, jsonCodec()), config);
    }

    /**
     * A queue in the memory of this JVM, with the system's clock: for tests and trials. It is gone when it is closed.
     *
     * @return the queue
     */
    public static MessageQueue inMemory() {
        return inMemory(InstantSource.system());
    }

    /**
     * A queue in the memory of this JVM that goes by a clock of the caller's, such as a
     * {@link io.scheduler.infrastructure.memory.ManualClock}: in a test nothing is waited for, be it a delay, a lease
     * or a retry. Other settings have {@link InMemoryMessageQueue#builder}.
     *
     * @param clock tells the time; it should not run backwards
     * @return the queue
     */
    public static MessageQueue inMemory(InstantSource clock) {
        return new InMemoryMessageQueue(new JacksonPayloadCodec(), clock);
    }

    private static MessageQueue retrying(RedisMessageQueue queue, RedisStreamConfig config) {
        return new RetryingMessageQueue(queue, RetryOptions.of(config.maxRetryAttempts(), config.retryDelay()));
    }

    private static JacksonMessageCodec jsonCodec() {
        return new JacksonMessageCodec(new JacksonPayloadCodec());
    }
}
