package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.infrastructure.MessageQueues;
import java.nio.file.Path;
import java.util.List;
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
class RedisClusterTest extends ThroughFailOver {

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
        passThroughTheDeathOf(first, patient(redis.uri()), () -> redis.awaitFailOver("emails", first));
    }

    /** Often enough to meet the moment in which the client gives a connection back while it is redirected. */
    @Test
    void aSlotThatMovesWhileMessagesFlowLosesNone() {
        RedisServerProcess from = redis.masterOf("emails");
        RedisServerProcess to = redis.otherMaster("emails");
        try (MessageQueue queue = MessageQueues.redis(patient(redis.uri()).build());
                Traffic traffic = Traffic.on(queue, EMAILS)) {
            traffic.awaitFurther(50);
            for (int round = 0; round < ROUNDS; round++) {
                assertThat(redis.move(SLOT, from, to)).isPositive();
                assertThat(redis.masterOf("emails")).isSameAs(to);
                traffic.awaitFurther(50);
                assertThat(redis.move(SLOT, to, from)).isPositive();
                traffic.awaitFurther(50);
            }
            traffic.stopPublishing();
            traffic.awaitDelivered(traffic.stored());
            awaitEmpty(queue);
            assertThat(traffic.failures()).isEmpty();
        }
    }

    /**
     * A script asks for keys that exist and for some that do not, which Redis does not serve while their slot moves.
     */
    @Test
    void whileASlotMovesPublishingIsNotDoneAndThenItIs() {
        RedisServerProcess from = redis.masterOf("emails");
        RedisServerProcess to = redis.otherMaster("emails");
        try (MessageQueue queue = MessageQueues.redis(impatient(redis.uri()).build())) {
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
}
