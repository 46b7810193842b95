package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueUnavailableException;
import io.scheduler.infrastructure.MessageQueues;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A master that is replaced and still there, with connections from before. */
class RedisOldMasterTest extends ThroughFailOver {

    private static final QueueName OTHER = QueueName.of("other");

    private RedisSentinelProcesses redis;

    @BeforeEach
    void start() {
        redis = RedisSentinelProcesses.launch(RedisBinary.embedded());
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    /** Sentinels would end the connections, too; whoever makes it a replica by hand does not. */
    @Test
    void whoStillAsksItIsToldThatItIsReadOnlyAndLosesNothing() {
        RedisServerProcess first = redis.master();
        RedisServerProcess second = redis.replica();
        try (MessageQueue queue = MessageQueues.redis(patient(redis.uri()).build());
                MessageQueue once = MessageQueues.redis(impatient(redis.uri()).build());
                Traffic traffic = Traffic.on(queue, EMAILS)) {
            once.publish(OTHER, Message.of(NOTE, "x"));
            traffic.awaitFurther(50);
            try (RespClient client = first.client()) {
                client.call("REPLICAOF", RedisServerProcess.HOST, second.port());
            }
            assertThat(catchThrowableOfType(
                            QueueUnavailableException.class, () -> once.publish(OTHER, Message.of(NOTE, "x"))))
                    .hasMessageContaining("READONLY");
            redis.orderFailOver();
            redis.awaitMaster(second);
            traffic.awaitFurther(50);

            traffic.stopPublishing();
            traffic.awaitDelivered(traffic.stored());
            awaitEmpty(queue);
        }
    }

    /** It wakes up with commands that were given up long ago, does them, and is told that it is no master. */
    @Test
    void whatItDoesBeforeItHearsOfTheNextMasterIsNothingThatReturned() {
        RedisServerProcess first = redis.master();
        RedisServerProcess second = redis.replica();
        RedisStreamConfig config =
                patient(redis.uri()).durability(Durability.replicas(1)).build();
        try (MessageQueue queue = MessageQueues.redis(config);
                Traffic traffic = Traffic.on(queue, EMAILS)) {
            traffic.awaitFurther(50);
            first.pause();
            redis.awaitMaster(second);
            first.resume();
            first.awaitFollows();
            traffic.awaitFurther(50);

            traffic.stopPublishing();
            traffic.awaitDelivered(traffic.stored());
            awaitEmpty(queue);
        }
    }
}
