package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueRefusedException;
import io.scheduler.core.queue.QueueUnavailableException;
import io.scheduler.infrastructure.MessageQueues;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Publications that wait for replicas and disks, with a master and a replica that is stopped and goes on. */
@ParameterizedClass
@MethodSource("binaries")
class RedisDurabilityTest extends ConsumingOnRedis {

    private RedisServerProcess replica;

    @BeforeEach
    void replicate() {
        redis.call("CONFIG", "SET", "repl-diskless-sync-delay", 0);
        redis.call("CONFIG", "SET", "repl-timeout", 600);
        replica = RedisServerProcess.launch(
                binary, "--replicaof", RedisServerProcess.HOST, String.valueOf(server.port()));
        await().atMost(Duration.ofSeconds(30)).until(() -> redis.number("WAIT", 1, 100) == 1);
    }

    @AfterEach
    void stopReplica() {
        replica.close();
    }

    @Test
    void aPublicationIsDoneWhenTheReplicaHasIt() {
        try (RedisMessageQueue queue = open(config().durability(Durability.replicas(1)))) {
            for (int i = 0; i < 20; i++) {
                Message message = Message.of(NOTE, "x");
                queue.publish(EMAILS, message);

                try (RespClient other = replica.client()) {
                    assertThat(other.number("XLEN", "emails")).isEqualTo(i + 1);
                }
            }
        }
    }

    @Test
    void aReplicaThatHangsLeavesTheOutcomeUnknownAndTellsHowManyHaveIt() {
        replica.pause();
        try (RedisMessageQueue queue = open(impatient(Durability.replicas(1)))) {
            OutcomeUnknownException error =
                    catchThrowableOfType(OutcomeUnknownException.class, () -> queue.publish(EMAILS, message("m-1")));

            assertThat(error).hasMessageContaining("0 of 1 replicas").hasMessageContaining("m-1");
            assertThat(redis.number("XLEN", "emails")).isEqualTo(1);
        }
    }

    @Test
    void moreReplicasThanThereAreLeaveTheOutcomeUnknown() {
        try (RedisMessageQueue queue = open(impatient(Durability.replicas(2)))) {
            assertThat(catchThrowableOfType(OutcomeUnknownException.class, () -> queue.publish(EMAILS, message("m-1"))))
                    .hasMessageContaining("1 of 2 replicas");
        }
    }

    /** Redis 8 and Valkey answer a WAIT at once whose connection has written nothing. */
    @Test
    void aRepeatedPublicationWaitsForTheReplicaTooAlsoFromAnotherConnection() {
        replica.pause();
        for (int i = 0; i < 3; i++) {
            try (RedisMessageQueue queue = open(impatient(Durability.replicas(1)))) {
                assertThat(catchThrowableOfType(
                                OutcomeUnknownException.class, () -> queue.publish(EMAILS, message("m-1"))))
                        .hasMessageContaining("0 of 1 replicas");
            }
        }
        replica.resume();
        try (RedisMessageQueue queue = open(config().durability(Durability.replicas(1)))) {
            queue.publish(EMAILS, message("m-1"));
        }
        assertThat(redis.number("XLEN", "emails")).isEqualTo(1);
    }

    /** Its id is in the hash of the slot before then. */
    @Test
    void aRepetitionInTheNextSlotOfTheDeduplicationWindowWaitsToo() {
        RedisStreamConfigBuilder config =
                impatient(Durability.replicas(1)).maxRetryAttempts(1).deduplicationWindow(Duration.ofSeconds(3));
        replica.pause();
        try (RedisMessageQueue queue = open(config)) {
            catchThrowableOfType(OutcomeUnknownException.class, () -> queue.publish(EMAILS, message("m-1")));
            String current = redis.strings("KEYS", "{emails}:ids:*").get(0);
            await().until(() -> {
                long slot = Long.parseLong(redis.strings("TIME").get(0)) / 3 % 4;
                return !current.endsWith(":" + slot);
            });
        }
        try (RedisMessageQueue queue = open(config)) {
            assertThat(catchThrowableOfType(OutcomeUnknownException.class, () -> queue.publish(EMAILS, message("m-1"))))
                    .hasMessageContaining("0 of 1 replicas");
            assertThat(redis.number("XLEN", "emails")).isEqualTo(1);
        }
    }

    @Test
    void retriesEndWhenTheReplicaIsBack() throws Exception {
        RedisStreamConfig config = impatient(Durability.replicas(1))
                .maxRetryAttempts(20)
                .retryDelay(Duration.ofMillis(10))
                .deduplicationWindow(Duration.ofHours(1))
                .build();
        replica.pause();
        try (MessageQueue queue = MessageQueues.redis(config)) {
            CompletableFuture<Void> publication = queue.publishAsync(EMAILS, message("m-1"));
            await().until(() -> redis.number("XLEN", "emails") == 1);
            replica.resume();

            publication.get(30, TimeUnit.SECONDS);

            try (RespClient other = replica.client()) {
                assertThat(other.number("XLEN", "emails")).isEqualTo(1);
            }
        }
    }

    @Test
    void aQueueThatWaitsHoldsUpNobodyElse() {
        QueueName other = QueueName.of("other");
        try (RedisMessageQueue queue = open(config().maxRetryAttempts(1)
                .commandTimeout(Duration.ofSeconds(20))
                .durability(Durability.replicas(1)))) {
            queue.publish(EMAILS, message("m-1"));
            replica.pause();
            CompletableFuture<Void> waiting = queue.publishAsync(EMAILS, message("m-2"));
            CompletableFuture<Void> alsoWaiting = queue.publishAsync(other, message("m-3"));
            await().until(() -> redis.number("EXISTS", "other") == 1);

            assertThat(queue.receive(EMAILS, 2, LONG)).hasSize(2).allMatch(delivery -> delivery.ack());
            assertThat(queue.receive(other, 1, LONG)).hasSize(1);
            assertThat(queue.stats(EMAILS).size()).isZero();
            assertThat(waiting).isNotDone();
            assertThat(alsoWaiting).isNotDone();
            replica.resume();
            CompletableFuture.allOf(waiting, alsoWaiting).join();
        }
    }

    @Test
    void whatTheServerRefusesIsRefusedWhateverTheReplicasDo() {
        redis.call("SET", "emails", "somebody else's");
        replica.pause();
        try (RedisMessageQueue queue = open(impatient(Durability.replicas(1)))) {
            assertThat(catchThrowableOfType(QueueRefusedException.class, () -> queue.publish(EMAILS, message("m-1"))))
                    .hasMessageContaining("WRONGTYPE");
        }
    }

    @Test
    void aReplicaInPlaceOfTheMasterIsUnavailable() {
        try (RedisMessageQueue queue = open(config().port(replica.port()).durability(Durability.replicas(1)))) {
            assertThat(catchThrowableOfType(
                            QueueUnavailableException.class, () -> queue.publish(EMAILS, message("m-1"))))
                    .hasMessageContaining("READONLY");
        }
    }

    @Test
    void aPermissionThatIsMissingIsNoticedBeforeAnythingIsStored() {
        redis.call("ACL", "SETUSER", "partly", "on", ">secret", "~*", "+@all", "-wait");
        try (RedisMessageQueue queue =
                open(config().username("partly").password("secret").durability(Durability.replicas(1)))) {
            assertThat(catchThrowableOfType(QueueRefusedException.class, () -> queue.publish(EMAILS, message("m-1"))))
                    .hasMessageContaining("ACL");
            assertThat(redis.number("EXISTS", "emails")).isZero();
        }
    }

    @Test
    void aServerThatDoesNotKnowTheQuestionIsRefusedBeforeAnythingIsStored() {
        assumeThat(knowsWaitAof()).as("a server older than 7.2").isFalse();
        try (RedisMessageQueue queue = open(config().durability(Durability.masterDisk()))) {
            for (int i = 0; i < 2; i++) {
                assertThat(catchThrowableOfType(
                                QueueRefusedException.class, () -> queue.publish(EMAILS, message("m-1"))))
                        .hasMessageContaining("WAITAOF")
                        .hasMessageContaining("7.2");
            }
            assertThat(redis.number("EXISTS", "emails")).isZero();
        }
    }

    @Test
    void aPublicationIsDoneWhenTheDisksHaveIt() {
        assumeThat(knowsWaitAof()).as("a server of 7.2 or newer on the PATH").isTrue();
        for (Durability durability :
                List.of(Durability.masterDisk(), Durability.replicaDisks(1), new Durability.Disks(true, 1))) {
            try (RedisMessageQueue queue =
                    open(config().commandTimeout(LONG).maxRetryAttempts(1).durability(durability))) {
                assertThatCode(() -> queue.publish(EMAILS, Message.of(NOTE, "x")))
                        .as(durability.toString())
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void aDiskThatDoesNotConfirmLeavesTheOutcomeUnknown() {
        assumeThat(knowsWaitAof()).as("a server of 7.2 or newer on the PATH").isTrue();
        replica.pause();
        try (RedisMessageQueue queue = open(impatient(new Durability.Disks(true, 1)))) {
            for (int i = 0; i < 2; i++) {
                assertThat(catchThrowableOfType(
                                OutcomeUnknownException.class, () -> queue.publish(EMAILS, message("m-1"))))
                        .hasMessageContaining("1 of 1 disk of the master and 0 of 1 disks of replicas");
            }
        }
    }

    @Test
    void aServerThatWritesNothingToItsDiskIsRefusedAlsoWhenThatChanges() {
        assumeThat(knowsWaitAof()).as("a server of 7.2 or newer on the PATH").isTrue();
        try (RedisMessageQueue queue = open(config().durability(Durability.masterDisk()))) {
            queue.publish(EMAILS, message("m-1"));
            redis.call("CONFIG", "SET", "appendonly", "no");

            // The first one has to find out.
            assertThat(catchThrowableOfType(OutcomeUnknownException.class, () -> queue.publish(EMAILS, message("m-2"))))
                    .hasMessageContaining("appendonly is disabled");
            assertThat(catchThrowableOfType(QueueRefusedException.class, () -> queue.publish(EMAILS, message("m-3"))))
                    .hasMessageContaining("set appendonly yes");
            assertThat(redis.number("XLEN", "emails")).isEqualTo(2);
        }
    }

    private boolean knowsWaitAof() {
        return !redis.callOrError("WAITAOF", 0, 0, 1).toString().contains("unknown command");
    }

    private RedisStreamConfigBuilder impatient(Durability durability) {
        return config().commandTimeout(Duration.ofMillis(1500))
                .maxRetryAttempts(1)
                .durability(durability);
    }

    private static Message message(String id) {
        return Message.builder(NOTE, "x").id(id).build();
    }
}
