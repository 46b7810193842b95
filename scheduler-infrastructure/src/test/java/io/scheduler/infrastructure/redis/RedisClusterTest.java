package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueName;
import io.scheduler.infrastructure.MessageQueues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Three masters and three replicas: a master dies, and a queue's slot moves, while messages flow. */
@ParameterizedClass(name = "{0}")
@MethodSource("binaries")
class RedisClusterTest {

    private static final MessageType<String> NOTE = MessageType.of("note", String.class);
    private static final QueueName EMAILS = QueueName.of("emails");
    private static final int SLOT = ClusterSlots.of("emails");

    private static final int ROUNDS = 4;

    @Parameter
    Path binary;

    private RedisClusterProcess redis;

    static Stream<Path> binaries() {
        return ConsumingOnRedis.binaries();
    }

    @BeforeEach
    void start() {
        redis = RedisClusterProcess.launchWithReplicas(binary);
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void whatWasReplicatedSurvivesTheMasterAndNothingIsRestarted() {
        RedisServerProcess first = redis.masterOf("emails");
        try (MessageQueue queue = MessageQueues.redis(config());
                Traffic traffic = Traffic.on(queue, EMAILS)) {
            traffic.awaitFurther(50);
            Set<String> mustSurvive = traffic.stored();
            awaitReplicated(first);
            first.kill();
            redis.awaitFailOver("emails", first);
            Set<String> mayBeLost = traffic.stored();
            mayBeLost.removeAll(mustSurvive);
            traffic.awaitFurther(50);

            first.start();
            redis.awaitReplica(first);
            traffic.awaitFurther(50);

            traffic.stopPublishing();
            Set<String> all = traffic.stored();
            all.removeAll(mayBeLost);
            traffic.awaitDelivered(all);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(queue.size(EMAILS)).isZero());
        }
    }

    /** Often enough to meet the moment in which the client gives a connection back while it is redirected. */
    @Test
    void aSlotThatMovesWhileMessagesFlowLosesNone() {
        RedisServerProcess from = redis.masterOf("emails");
        RedisServerProcess to = redis.otherMaster("emails");
        try (MessageQueue queue = MessageQueues.redis(config());
                Traffic traffic = Traffic.on(queue, EMAILS)) {
            traffic.awaitFurther(50);
            for (int round = 0; round < ROUNDS; round++) {
                assertThat(move(from, to)).isPositive();
                assertThat(redis.masterOf("emails")).isSameAs(to);
                traffic.awaitFurther(50);
                assertThat(move(to, from)).isPositive();
                traffic.awaitFurther(50);
            }
            traffic.stopPublishing();
            traffic.awaitDelivered(traffic.stored());
            Awaitility.await()
                    .untilAsserted(() -> assertThat(queue.size(EMAILS)).isZero());
            assertThat(traffic.failures()).isEmpty();
        }
    }

    private int move(RedisServerProcess from, RedisServerProcess to) {
        redis.beginMove(SLOT, from, to);
        int moved = 0;
        for (int step = RedisClusterProcess.moveKeys(SLOT, from, to); step > 0; ) {
            moved += step;
            step = RedisClusterProcess.moveKeys(SLOT, from, to);
        }
        redis.endMove(SLOT, from, to);
        return moved;
    }

    /**
     * A script asks for keys that exist and for some that do not, which Redis does not serve while their slot moves.
     */
    @Test
    void whileASlotMovesPublishingIsNotDoneAndThenItIs() {
        RedisServerProcess from = redis.masterOf("emails");
        RedisServerProcess to = redis.otherMaster("emails");
        RedisStreamConfig once = config().toBuilder()
                .connectionTimeout(Duration.ofSeconds(20))
                .maxRetryAttempts(1)
                .build();
        try (MessageQueue queue = MessageQueues.redis(once)) {
            queue.publish(EMAILS, Message.of(NOTE, "x"));
            redis.beginMove(SLOT, from, to);
            List<String> outcomes =
                    Stream.generate(() -> outcome(queue)).limit(3).toList();
            RedisClusterProcess.moveKeys(SLOT, from, to);
            List<String> halfWay =
                    Stream.generate(() -> outcome(queue)).limit(3).toList();
            redis.endMove(SLOT, from, to);

            assertThat(outcomes).containsOnly("QueueUnavailableException");
            assertThat(halfWay).containsOnly("QueueUnavailableException");
            Awaitility.await().untilAsserted(() -> assertThat(outcome(queue)).isEqualTo("done"));
        }
    }

    private static String outcome(MessageQueue queue) {
        try {
            queue.publish(EMAILS, Message.of(NOTE, "x"));
            return "done";
        } catch (QueueException e) {
            return e.getClass().getSimpleName();
        }
    }

    private static void awaitReplicated(RedisServerProcess master) {
        try (RespClient client = master.client()) {
            // A key of the same slot, which this node answers for.
            client.call("SET", "{emails}:marker", "x");
            assertThat(client.number("WAIT", 1, 4_000)).isEqualTo(1);
            client.call("DEL", "{emails}:marker");
        }
    }

    private RedisStreamConfig config() {
        return RedisStreamConfig.fromUri(redis.uri()).toBuilder()
                .connectionTimeout(Duration.ofSeconds(1))
                .commandTimeout(Duration.ofSeconds(1))
                .maxRetryAttempts(20)
                .retryDelay(Duration.ofMillis(100))
                .deduplicationWindow(Duration.ofHours(1))
                .lease(Duration.ofSeconds(2))
                .build();
    }
}
