package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.infrastructure.MessageQueues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The replica that takes over has not heard the last of its master. */
class RedisLaggingReplicaTest extends ThroughFailOver {

    private static final Duration SOON = Duration.ofSeconds(5);

    private RedisSentinelProcesses redis;

    @BeforeEach
    void start() {
        redis = RedisSentinelProcesses.launch(RedisBinary.embedded());
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void whatTheReplicaHadNotHeardOfIsLostAndNothingElse() {
        try (MessageQueue queue = MessageQueues.redis(unhurried().build())) {
            publish(queue, "early-", 6);
            assertThat(queue.ackAll(queue.receive(EMAILS, 1, SOON))).isEmpty();
            letReplicaLag();
            publish(queue, "late-", 3);
            assertThat(queue.ackAll(queue.receive(EMAILS, 1, SOON))).isEmpty();
            Delivery nacked = queue.receive(EMAILS, 1, SOON).get(0);
            assertThat(nacked.nack()).isTrue();
            Delivery rejected = queue.receive(EMAILS, 1, SOON).get(0);
            assertThat(rejected.reject("no")).isTrue();
            failOver();

            // Early-0 was acknowledged in time. What happened to the others was not heard of: each is there once.
            assertThat(drain(queue)).containsExactlyInAnyOrder("early-1", "early-2", "early-3", "early-4", "early-5");
            assertThat(queue.size(EMAILS)).isZero();
            assertThat(queue.deadLetters(EMAILS, 10)).isEmpty();
            publish(queue, "afterwards-", 2);
            assertThat(drain(queue)).containsExactly("afterwards-0", "afterwards-1");
        }
    }

    /** The replica gives out the message of which it had not heard that somebody has it, in the same entry. */
    @Test
    void whoHoldsAMessageOfBeforeCannotSettleTheNextDelivery() {
        try (MessageQueue queue = MessageQueues.redis(unhurried().build())) {
            publish(queue, "early-", 2);
            assertThat(queue.ackAll(queue.receive(EMAILS, 1, SOON))).isEmpty();
            letReplicaLag();
            Delivery before = queue.receive(EMAILS, 1, SOON).get(0);
            failOver();

            Delivery next = queue.receive(EMAILS, 1, SOON).get(0);

            assertThat(next.message().id()).isEqualTo(before.message().id());
            assertThat(before.ack()).isFalse();
            assertThat(before.nack()).isFalse();
            assertThat(before.reject("stale")).isFalse();
            assertThat(before.extendLease()).isFalse();
            assertThat(next.ack()).isTrue();
            assertThat(queue.size(EMAILS)).isZero();
            assertThat(queue.deadLetters(EMAILS, 10)).isEmpty();
        }
    }

    @Test
    void aQueueOfWhichTheReplicaHadNotHeardIsMadeAnewAlsoForWhoWaits() throws Exception {
        try (MessageQueue queue = MessageQueues.redis(unhurried().build())) {
            letReplicaLag();
            publish(queue, "late-", 1);
            assertThat(queue.receive(EMAILS, 1, SOON)).hasSize(1);
            List<String> received = new ArrayList<>();
            Thread waiting = new Thread(() -> received.addAll(ids(queue.receive(EMAILS, 1, Duration.ofSeconds(60)))));
            waiting.start();
            failOver();

            publish(queue, "afterwards-", 1);

            waiting.join();
            assertThat(received).containsExactly("afterwards-0");
        }
    }

    @Test
    void nothingThatReturnedIsLostIfThePublisherWaitsForTheReplica() {
        RedisStreamConfigBuilder config = unhurried().durability(Durability.replicas(1));
        try (MessageQueue queue = MessageQueues.redis(config.build());
                MessageQueue once =
                        MessageQueues.redis(config.maxRetryAttempts(1).build())) {
            publish(queue, "early-", 3);
            letReplicaLag();
            Message late = Message.builder(NOTE, "x").id("late").build();
            assertThat(catchThrowableOfType(OutcomeUnknownException.class, () -> once.publish(EMAILS, late)))
                    .hasMessageContaining("0 of 1 replicas");
            failOver();
            redis.otherThan(redis.master()).start();
            redis.otherThan(redis.master()).awaitFollows();

            queue.publish(EMAILS, late);
            queue.publish(EMAILS, late);

            assertThat(drain(queue)).containsExactly("early-0", "early-1", "early-2", "late");
            assertThat(queue.size(EMAILS)).isZero();
        }
    }

    /** The master goes on, and the replica hears nothing more of it, whenever it asks. */
    private void letReplicaLag() {
        RedisServerProcess master = redis.master();
        RedisServerProcess replica = redis.replica();
        awaitReplicated(master);
        try (RespClient client = master.client()) {
            client.call("ACL", "SETUSER", "default", "-psync", "-sync");
            client.call("CLIENT", "KILL", "TYPE", "replica");
        }
        Awaitility.await("a replica without its master").until(() -> {
            try (RespClient client = replica.client()) {
                return ((String) client.call("INFO", "replication")).contains("master_link_status:down");
            }
        });
    }

    private void failOver() {
        RedisServerProcess next = redis.replica();
        redis.master().kill();
        redis.awaitMaster(next);
    }

    private static void publish(MessageQueue queue, String prefix, int count) {
        IntStream.range(0, count)
                .forEach(number -> queue.publish(
                        EMAILS, Message.builder(NOTE, "x").id(prefix + number).build()));
    }

    private static List<String> drain(MessageQueue queue) {
        List<String> drained = new ArrayList<>();
        for (List<Delivery> some = queue.receive(EMAILS, 10, SOON);
                !some.isEmpty();
                some = queue.receive(EMAILS, 10, Duration.ofSeconds(1))) {
            assertThat(queue.ackAll(some)).isEmpty();
            drained.addAll(ids(some));
        }
        return drained;
    }

    private static List<String> ids(List<Delivery> deliveries) {
        return deliveries.stream().map(delivery -> delivery.message().id()).toList();
    }

    /** With a lease that does not end by itself in between. */
    private RedisStreamConfigBuilder unhurried() {
        return patient(redis.uri()).lease(Duration.ofMinutes(5));
    }
}
