package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueRefusedException;
import io.scheduler.infrastructure.MessageQueues;
import io.scheduler.infrastructure.json.JacksonMessageCodec;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Publications that wait for replicas and disks, in a cluster of three masters with a replica each. */
@ParameterizedClass(name = "{0}")
@MethodSource("binaries")
class RedisClusterDurabilityTest extends ThroughFailOver {

    private static final int SLOT = ClusterSlots.of("emails");

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
    void aPublicationIsDoneWhenTheReplicaOfItsMasterHasIt() {
        List<QueueName> queues = IntStream.range(0, 12)
                .mapToObj(number -> QueueName.of("queue-" + number))
                .toList();
        try (MessageQueue queue = once(Durability.replicas(1))) {
            for (QueueName name : queues) {
                queue.publish(name, Message.of(NOTE, "x"));

                assertThat(lengthOnReplica(name)).isEqualTo(1);
            }
        }
        assertThat(queues.stream().map(name -> redis.masterOf(name.value())).distinct())
                .as("masters that took part")
                .hasSize(3);
    }

    @Test
    void aReplicaThatHangsLeavesTheOutcomeUnknownAndTellsHowManyHaveIt() {
        redis.replicaOf(redis.masterOf("emails")).pause();
        try (MessageQueue queue = once(Durability.replicas(1))) {
            assertThat(unknown(queue)).hasMessageContaining("0 of 1 replicas");
        }
    }

    @Test
    void moreReplicasThanAMasterHasLeaveTheOutcomeUnknown() {
        try (MessageQueue queue = once(Durability.replicas(2))) {
            assertThat(unknown(queue)).hasMessageContaining("1 of 2 replicas");
        }
    }

    @Test
    void aSlotThatMovesWhileMessagesFlowLosesNone() {
        RedisServerProcess from = redis.masterOf("emails");
        RedisServerProcess to = redis.otherMaster("emails");
        RedisStreamConfig config =
                patient(redis.uri()).durability(Durability.replicas(1)).build();
        try (MessageQueue queue = MessageQueues.redis(config);
                Traffic traffic = Traffic.on(queue, EMAILS)) {
            traffic.awaitFurther(50);
            for (int round = 0; round < 4; round++) {
                assertThat(redis.move(SLOT, from, to)).isPositive();
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

    @Test
    void whileASlotMovesPublishingIsNotDoneAndNotUnknown() {
        RedisServerProcess from = redis.masterOf("emails");
        RedisServerProcess to = redis.otherMaster("emails");
        try (MessageQueue queue = once(Durability.replicas(1))) {
            assertThat(outcome(queue)).isEqualTo("done");
            redis.beginMove(SLOT, from, to);
            assertThat(outcome(queue)).isEqualTo("QueueUnavailableException");
            RedisClusterProcess.moveKeys(SLOT, from, to);
            assertThat(outcome(queue)).isEqualTo("QueueUnavailableException");
            redis.endMove(SLOT, from, to);

            assertThat(outcome(queue)).isEqualTo("done");
            assertThat(lengthOnReplica(EMAILS)).isEqualTo(2);
        }
    }

    /** What the old master says of its own replica, when it redirects, is of no interest. */
    @Test
    void whoIsRedirectedHearsOfTheReplicasOfTheMasterThatTookTheMessage() {
        RedisServerProcess from = redis.masterOf("emails");
        RedisServerProcess to = redis.otherMaster("emails");
        try (ClientOfYesterday client = ClientOfYesterday.of(redis);
                MessageQueue queue = client.queue(Durability.replicas(1))) {
            queue.publish(EMAILS, Message.of(NOTE, "x"));
            redis.move(SLOT, from, to);
            RedisServerProcess replica = redis.replicaOf(to);
            replica.pause();

            assertThat(unknown(queue)).hasMessageContaining("0 of 1 replicas");

            replica.resume();
            queue.publish(EMAILS, Message.of(NOTE, "x"));
            assertThat(lengthOnReplica(EMAILS)).isEqualTo(3);
        }
    }

    /** The answer that counted before is not to be taken for the one that failed. */
    @Test
    void whoIsRedirectedAndGetsNoAnswerHearsThatNobodyConfirmed() throws InterruptedException {
        RedisServerProcess from = redis.masterOf("emails");
        RedisServerProcess to = redis.otherMaster("emails");
        try (ClientOfYesterday client = ClientOfYesterday.of(redis);
                MessageQueue queue = client.queue(Durability.replicas(1))) {
            queue.publish(EMAILS, Message.of(NOTE, "x"));
            redis.move(SLOT, from, to);
            learnScript(to);
            redis.replicaOf(to).pause();
            Thread unblocking = new Thread(() -> unblockWhoWaits(to));
            unblocking.start();

            assertThat(unknown(queue)).hasMessageContaining("0 of 1 replicas");
            unblocking.join();
        }
    }

    /** So that it is asked once, and not a second time with the script's text. */
    private static void learnScript(RedisServerProcess server) {
        try (RespClient client = server.client()) {
            client.call("SCRIPT", "LOAD", RedisScript.PUBLISH.source());
        }
    }

    /** As Redis itself does when a master becomes a replica. */
    private static void unblockWhoWaits(RedisServerProcess server) {
        try (RespClient client = server.client()) {
            long unblocked = 0;
            while (unblocked == 0) {
                for (String line :
                        ((String) client.call("CLIENT", "LIST")).lines().toList()) {
                    if (line.contains("cmd=wait")) {
                        unblocked = client.number("CLIENT", "UNBLOCK", line.replaceAll("^id=(\\d+) .*", "$1"), "ERROR");
                    }
                }
            }
        }
    }

    @Test
    void whatReturnedIsThereWhenTheMasterDies() {
        RedisServerProcess first = redis.masterOf("emails");
        RedisStreamConfig config =
                patient(redis.uri()).durability(Durability.replicas(1)).build();
        try (MessageQueue queue = MessageQueues.redis(config);
                Traffic traffic = Traffic.ofPublications(queue, EMAILS)) {
            traffic.awaitFurtherStored(100);
            first.kill();
            redis.awaitFailOver("emails", first);
            first.start();
            first.awaitFollows();
            traffic.awaitFurtherStored(100);
            traffic.stopPublishing();

            traffic.startConsuming();
            traffic.awaitDelivered(traffic.stored());
            awaitEmpty(queue);
        }
    }

    @Test
    void aPublicationIsDoneWhenTheDisksHaveIt() {
        assumeThat(knowsWaitAof()).as("a server of 7.2 or newer on the PATH").isTrue();
        for (Durability durability :
                List.of(Durability.masterDisk(), Durability.replicaDisks(1), new Durability.Disks(true, 1))) {
            try (MessageQueue queue = once(durability)) {
                assertThatCode(() -> queue.publish(EMAILS, Message.of(NOTE, "x")))
                        .as(durability.toString())
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void aMasterThatWritesNothingToItsDiskIsRefusedThoughAnotherDoes() {
        assumeThat(knowsWaitAof()).as("a server of 7.2 or newer on the PATH").isTrue();
        RedisServerProcess able = redis.otherMaster("emails");
        QueueName elsewhere = IntStream.iterate(0, number -> number + 1)
                .mapToObj(number -> "queue-" + number)
                .filter(name -> redis.masterOf(name) == able)
                .map(QueueName::of)
                .findFirst()
                .orElseThrow();
        RedisServerProcess unable = redis.masterOf("emails");
        try (MessageQueue queue = once(Durability.masterDisk());
                RespClient client = unable.client()) {
            client.call("CONFIG", "SET", "appendonly", "no");
            queue.publish(elsewhere, Message.of(NOTE, "x"));

            assertThat(catchThrowableOfType(
                            QueueRefusedException.class, () -> queue.publish(EMAILS, Message.of(NOTE, "x"))))
                    .hasMessageContaining("set appendonly yes");
            assertThat(client.number("EXISTS", "emails")).isZero();
        }
    }

    private boolean knowsWaitAof() {
        try (RespClient client = redis.masterOf("emails").client()) {
            return !client.callOrError("WAITAOF", 0, 0, 1).toString().contains("unknown command");
        }
    }

    private long lengthOnReplica(QueueName name) {
        RedisServerProcess replica = redis.replicaOf(redis.masterOf(name.value()));
        try (RespClient client = replica.client()) {
            client.call("READONLY");
            return client.number("XLEN", name.value());
        }
    }

    private static OutcomeUnknownException unknown(MessageQueue queue) {
        return catchThrowableOfType(OutcomeUnknownException.class, () -> queue.publish(EMAILS, Message.of(NOTE, "x")));
    }

    private MessageQueue once(Durability durability) {
        RedisStreamConfig config = impatient(redis.uri()).durability(durability).build();
        return RedisMessageQueue.open(config, new JacksonMessageCodec());
    }
}
