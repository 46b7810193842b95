package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.DeadLetter;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueRefusedException;
import io.scheduler.infrastructure.json.JacksonMessageCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Consuming where Redis matters: what is stored, strangers' entries, keys that vanish, consumers that die. */
@ParameterizedClass
@MethodSource("binaries")
class RedisConsumingTest {

    private static final MessageType<String> NOTE = MessageType.of("note", String.class);
    private static final QueueName EMAILS = QueueName.of("emails");
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(300);

    @Parameter
    Path binary;

    private RedisServerProcess server;
    private RespClient redis;

    static Stream<Path> binaries() {
        return Stream.concat(Stream.of(RedisBinary.embedded()), RedisBinary.onPath().stream());
    }

    @BeforeEach
    void start() {
        server = RedisServerProcess.launch(binary);
        redis = server.client();
    }

    @AfterEach
    void stop() {
        redis.close();
        server.close();
    }

    @Test
    void acknowledgedEntriesLeaveTheStream() {
        try (RedisMessageQueue queue = open(config())) {
            publish(queue, 100);

            assertThat(queue.ackAll(queue.receive(EMAILS, 100, LONG))).isEmpty();

            assertThat(redis.number("XLEN", "emails")).isZero();
            assertThat(pending()).isZero();
        }
    }

    @Test
    void acknowledgingLooksPastWhatElseTheConsumerHolds() {
        try (RedisMessageQueue queue = open(config())) {
            publish(queue, 50);
            List<Delivery> held = queue.receive(EMAILS, 50, LONG);

            // The first and the last: the look at what is held between them ends before it reaches the last.
            assertThat(queue.ackAll(List.of(held.get(49), held.get(0)))).isEmpty();

            assertThat(redis.number("XLEN", "emails")).isEqualTo(48);
        }
    }

    @Test
    void aDeliveryOfAnotherConsumerCannotBeSettled() {
        try (RedisMessageQueue first = open(config().consumerId("first"));
                RedisMessageQueue second = open(config().consumerId("second"))) {
            publish(first, 1);
            Delivery delivery = first.receive(EMAILS, 1, LONG).get(0);
            String entry = (String) ((List<?>) ((List<?>) redis.call("XRANGE", "emails", "-", "+")).get(0)).get(0);
            second.exists(EMAILS);
            // Handed over behind the first one's back, under the same id, as a group does that was made anew.
            redis.call("XCLAIM", "emails", "scheduler_emails_group", "second", 0, entry);

            assertThat(delivery.extendLease()).isFalse();
            assertThat(delivery.nack()).isFalse();
            assertThat(delivery.reject("mine")).isFalse();
            assertThat(delivery.ack()).isFalse();

            assertThat(redis.number("XLEN", "emails")).isEqualTo(1);
            assertThat(pending()).isEqualTo(1);
            assertThat(redis.number("EXISTS", "{emails}:dead", "{emails}:delayed"))
                    .isZero();
        }
    }

    @Test
    void aStrangersEntriesGoToTheDeadLettersAsTheyAreAndStopNobody() {
        try (RedisMessageQueue queue = open(config())) {
            byte[] bytes = {0, (byte) 0xff, '\n', 'x'};
            redis.call("XADD", "emails", "*", "foo", bytes, "foo", "twice");
            redis.call("XADD", "emails", "*", "message_id", "m-1", "data", "{broken");
            redis.call("XADD", "emails", "*", "data", "{}", "retry_count", "many");
            publish(queue, 1);

            assertThat(queue.receive(EMAILS, 10, LONG)).hasSize(1);

            List<DeadLetter> dead = queue.deadLetters(EMAILS, 10);
            assertThat(dead).hasSize(3).allSatisfy(letter -> {
                assertThat(letter.message()).isEmpty();
                assertThat(letter.reason()).startsWith("Unreadable: ").doesNotContain("broken");
                assertThat(letter.attempts()).isEqualTo(1);
            });
            assertThat(dead.get(1).fields().get("data"))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("{broken");
            assertThat(redis.call("XRANGE", "{emails}:dead", "-", "+").toString())
                    .contains("foo, twice");
        }
    }

    @Test
    void anEntryWithThousandsOfFieldsStopsNobody() {
        try (RedisMessageQueue queue = open(config().lease(SHORT))) {
            List<Object> monster = new ArrayList<>(List.of("XADD", "emails", "*"));
            for (int i = 0; i < 5_000; i++) {
                monster.addAll(List.of("field" + i, "x"));
            }
            redis.call(monster.toArray());
            publish(queue, 1);

            assertThat(queue.receive(EMAILS, 10, LONG)).hasSize(1);
            assertThat(queue.stats(EMAILS).dead()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "junk",
                "[1]",
                "{\"a\":1}",
                "[\"p\",\"a\",null]",
                "[\"p\",\"a\",[1]]",
                "[\"p\",\"a\",true]",
                "[\"p\",\"a\"]"
            })
    void aMemberOfTheDelayedSetThatIsNoEntryStopsNobody(String member) {
        try (RedisMessageQueue queue = open(config().lease(SHORT))) {
            publish(queue, 1);
            queue.receive(EMAILS, 1, LONG);
            redis.call("ZADD", "{emails}:delayed", 1, member);
            queue.publish(
                    EMAILS,
                    Message.builder(NOTE, "x")
                            .notBefore(Instant.now().plusMillis(100))
                            .build());

            // The delayed one, and the one whose lease ends.
            assertThat(queue.receive(EMAILS, 1, LONG)).hasSize(1);
            assertThat(queue.receive(EMAILS, 1, LONG)).hasSize(1);
            assertThat(queue.stats(EMAILS).dead()).isEqualTo(1);
            assertThat(redis.number("ZCARD", "{emails}:delayed")).isZero();
        }
    }

    @Test
    void aMemberOfTheDelayedSetWithThousandsOfFieldsStopsNobody() {
        try (RedisMessageQueue queue = open(config())) {
            redis.call("ZADD", "{emails}:delayed", 1, "[" + "\"x\",".repeat(9_000) + "\"x\"]");
            publish(queue, 1);

            assertThat(queue.receive(EMAILS, 1, LONG)).hasSize(1);
            await().until(() -> queue.stats(EMAILS).dead() == 1);
        }
    }

    @Test
    void messagesOfEqualContentAreDelayedEachForItself() {
        try (RedisMessageQueue queue = open(config())) {
            Message message = Message.of(NOTE, "x");
            queue.publish(EMAILS, message);
            redis.strings("KEYS", "*:ids:*").forEach(ids -> redis.call("DEL", ids));
            queue.publish(EMAILS, message);

            for (Delivery delivery : queue.receive(EMAILS, 2, LONG)) {
                assertThat(delivery.nack(Duration.ofHours(1))).isTrue();
            }

            assertThat(queue.stats(EMAILS).delayed()).isEqualTo(2);
        }
    }

    @Test
    void aListKeepsItsOrderAlsoWhenItIsDelayed() {
        try (RedisMessageQueue queue = open(config())) {
            Instant due = Instant.now().plusMillis(200);
            List<Message> list = Stream.of("z", "a", "m", "b")
                    .map(id -> Message.builder(NOTE, "x").id(id).notBefore(due).build())
                    .toList();
            queue.publishAll(EMAILS, list);

            List<String> received = new ArrayList<>();
            while (received.size() < 4) {
                queue.receive(EMAILS, 4, LONG)
                        .forEach(delivery -> received.add(delivery.message().id()));
            }
            assertThat(received).containsExactly("z", "a", "m", "b");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999", "1.5", "nan", "-7", ""})
    void countsThatAreNoneSpoilNothing(String attempts) {
        try (RedisMessageQueue queue = open(config())) {
            redis.call("XADD", "emails", "*", "attempts", attempts);

            assertThat(queue.receive(EMAILS, 1, Duration.ZERO)).isEmpty();

            DeadLetter letter = queue.deadLetters(EMAILS, 10).get(0);
            assertThat(letter.attempts()).isPositive();
            // Its only field is the one that redriving takes off: it goes back as it is.
            assertThat(queue.redrive(EMAILS, 10)).isEqualTo(1);
            assertThat(redis.call("XRANGE", "emails", "-", "+").toString()).contains("attempts, " + attempts);
        }
    }

    @Test
    void aStrangersDeadLetterIsListedAndPutBack() {
        try (RedisMessageQueue queue = open(config())) {
            redis.call("XADD", "{emails}:dead", "*", "a", "1");
            redis.call("XADD", "{emails}:dead", "*", "dead_reason", "x", "dead_at", "then", "dead_attempts", "some");

            List<DeadLetter> letters = queue.deadLetters(EMAILS, 10);

            assertThat(letters).hasSize(2);
            assertThat(letters.get(0).fields()).containsOnlyKeys("a");
            assertThat(queue.redrive(EMAILS, 10)).isEqualTo(2);
        }
    }

    @Test
    void aNameThatIsRepeatedIsCountedOnce() {
        try (RedisMessageQueue queue = open(config())) {
            redis.call("XADD", "emails", "*", "attempts", 1, "data", data("m-1"), "attempts", 1, "attempts", 5);

            Delivery first = queue.receive(EMAILS, 1, LONG).get(0);
            assertThat(first.nack()).isTrue();

            assertThat(queue.receive(EMAILS, 1, LONG).get(0).attempt()).isEqualTo(3);
        }
    }

    @Test
    void largeLettersAreListedInPagesAndAllPutBack() {
        try (RedisMessageQueue queue = open(config())) {
            String large = "x".repeat(1_000_000);
            for (int i = 0; i < 12; i++) {
                queue.publish(EMAILS, Message.of(NOTE, large));
                queue.receive(EMAILS, 1, LONG).get(0).reject("large");
            }

            assertThat(queue.deadLetters(EMAILS, 100)).hasSizeBetween(1, 6);
            assertThat(queue.redrive(EMAILS, 100)).isEqualTo(12);
        }
    }

    @Test
    void whatIsReadyIsTakenEvenIfEveryTurnToWaitIsTaken() {
        QueueName idle = QueueName.of("idle");
        try (RedisMessageQueue queue = open(config())) {
            List<Thread> waiting = new ArrayList<>();
            for (int i = 0; i < RedisStreamReader.CONNECTIONS; i++) {
                Thread thread = new Thread(() -> queue.receive(idle, 1, Duration.ofSeconds(3)));
                thread.start();
                waiting.add(thread);
            }
            await().until(() -> redis.call("CLIENT", "LIST").toString().split("cmd=xreadgroup").length
                    > RedisStreamReader.CONNECTIONS);
            publish(queue, 2);

            assertThat(queue.receive(EMAILS, 1, Duration.ZERO)).hasSize(1);
            assertThat(queue.receive(EMAILS, 1, Duration.ofMillis(100))).hasSize(1);
            waiting.forEach(Thread::interrupt);
        }
    }

    @Test
    void aLargeBacklogOfDueMessagesDoesNotHoldUpAReceive() {
        try (RedisMessageQueue queue = open(config())) {
            redis.call(
                    "EVAL",
                    "for i = 1, 100000 do redis.call('ZADD', KEYS[1], 1, cjson.encode({tostring(i), 'data', ARGV[1]})) end",
                    1,
                    "{emails}:delayed",
                    data("m-1"));

            assertThat(queue.receive(EMAILS, 100, Duration.ZERO)).isNotEmpty();

            assertThat(redis.number("ZCARD", "{emails}:delayed")).isPositive();
        }
    }

    @Test
    void whenMemoryIsFullMessagesCanStillBeSettledAndRecovered() {
        try (RedisMessageQueue queue = open(config().lease(SHORT).maxAttempts(5))) {
            publish(queue, 3);
            queue.publish(
                    EMAILS,
                    Message.builder(NOTE, "x")
                            .notBefore(Instant.now().plusMillis(300))
                            .build());
            List<Delivery> held = queue.receive(EMAILS, 2, LONG);
            redis.call("CONFIG", "SET", "maxmemory", "1");

            assertThat(held.get(0).nack()).isTrue();
            assertThat(held.get(1).reject("full")).isTrue();
            assertThat(queue.redrive(EMAILS, 1)).isEqualTo(1);
            try (RedisMessageQueue newcomer = open(config().lease(SHORT))) {
                List<Delivery> taken = new ArrayList<>();
                while (taken.size() < 4) {
                    taken.addAll(newcomer.receive(EMAILS, 4, LONG));
                }
            }
            // Nothing was settled: all four leases end, and the messages come again.
            List<Delivery> again = new ArrayList<>();
            while (again.size() < 4) {
                List<Delivery> more = queue.receive(EMAILS, 4, LONG);
                assertThat(queue.ackAll(more)).isEmpty();
                again.addAll(more);
            }
            assertThat(queue.size(EMAILS)).isZero();
        }
    }

    @Test
    void aReplyThatIsLostOnTheWireComesAgainWithTheLease() throws InterruptedException {
        try (TcpProxy proxy = TcpProxy.to(server.port());
                RedisMessageQueue queue = open(config().port(proxy.port()).lease(SHORT))) {
            queue.create(EMAILS);
            assertThat(queue.receive(EMAILS, 1, Duration.ofMillis(10))).isEmpty();
            publish(queue, 1);
            CountDownLatch reset = proxy.resetInsteadOfReplyTo("XREADGROUP");

            List<Delivery> received = new ArrayList<>();
            await().until(() -> {
                try {
                    received.addAll(queue.receive(EMAILS, 1, Duration.ofSeconds(1)));
                } catch (QueueException e) {
                    assertThat(e).isNotInstanceOf(QueueRefusedException.class);
                }
                return !received.isEmpty();
            });

            assertThat(reset.await(0, TimeUnit.SECONDS)).isTrue();
            assertThat(received.get(0).attempt()).isEqualTo(2);
            assertThat(received.get(0).ack()).isTrue();
        }
    }

    @Test
    void anAcknowledgementWhoseReplyIsLostWasDone() {
        try (TcpProxy proxy = TcpProxy.to(server.port());
                RedisMessageQueue queue = open(config().port(proxy.port()))) {
            publish(queue, 2);
            List<Delivery> held = queue.receive(EMAILS, 2, LONG);
            assertThat(held.get(0).ack()).isTrue();
            proxy.resetInsteadOfReplyTo("EVALSHA");

            assertThat(catchThrowableOfType(OutcomeUnknownException.class, held.get(1)::ack))
                    .isNotNull();

            assertThat(held.get(1).ack()).isFalse();
            assertThat(redis.number("XLEN", "emails")).isZero();
        }
    }

    @Test
    void aServerThatComesBackEmptyIsServedAnew() {
        try (RedisServerProcess forgetful = RedisServerProcess.launch(binary, "--appendonly", "no");
                RedisMessageQueue queue = open(config().port(forgetful.port()))) {
            publish(queue, 1);
            Delivery before = queue.receive(EMAILS, 1, LONG).get(0);
            forgetful.kill();
            forgetful.start();

            await().until(() -> {
                try {
                    publish(queue, 1);
                    return true;
                } catch (QueueException e) {
                    return false;
                }
            });

            Delivery after = queue.receive(EMAILS, 1, LONG).get(0);
            assertThat(before.ack()).isFalse();
            assertThat(after.ack()).isTrue();
        }
    }

    @Test
    void whoReceivesForgetsConsumersThatHaveGone() {
        redis.call("XGROUP", "CREATE", "emails", "scheduler_emails_group", "0", "MKSTREAM");
        for (int i = 0; i < 100; i++) {
            redis.call("XGROUP", "CREATECONSUMER", "emails", "scheduler_emails_group", "died-" + i);
        }
        RedisStreamConfig config = config().lease(SHORT).build();
        RedisConnection connection = RedisConnection.own(config, "commands", 1);
        RedisMaintenance maintenance = new RedisMaintenance(
                new RedisScripts(connection, config),
                new RedisErrors("Redis", config.commandTimeout()),
                new ConsumerNames("me"),
                config,
                Duration.ofMillis(1));
        try {
            await().until(() -> {
                maintenance.watch(RedisKeys.of(EMAILS, config)).unwatch();
                return consumers() == 0;
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            maintenance.close();
            connection.close();
        }
    }

    @Test
    void aPermissionThatIsMissingIsNoticedBeforeAMessageIsMoved() {
        redis.call("ACL", "SETUSER", "partly", "on", ">secret", "~*", "+@all", "-xack");
        try (RedisMessageQueue queue = open(config().username("partly").password("secret"))) {
            publish(queue, 1);
            Delivery delivery = queue.receive(EMAILS, 1, LONG).get(0);

            QueueException error = catchThrowableOfType(QueueException.class, () -> delivery.reject("x"));

            assertThat(error).isInstanceOf(QueueRefusedException.class).hasMessageContaining("ACL");
            assertThat(queue.stats(EMAILS).dead()).isZero();
        }
    }

    private static String data(String id) {
        return "{\"message_id\":\"" + id
                + "\",\"type\":\"note\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"payload\":\"x\"}";
    }

    @Test
    void whatTheFieldsSayHolds() {
        try (RedisMessageQueue queue = open(config())) {
            redis.call(
                    "XADD",
                    "emails",
                    "*",
                    "message_id",
                    "m-1",
                    "data",
                    "{\"message_id\":\"m-1\",\"type\":\"note\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"payload\":\"x\"}",
                    "retry_count",
                    "7",
                    "attempts",
                    "3");

            Delivery delivery = queue.receive(EMAILS, 1, LONG).get(0);

            assertThat(delivery.message().retryCount()).isEqualTo(7);
            assertThat(delivery.attempt()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLUSHALL", "DEL emails", "XGROUP DESTROY emails scheduler_emails_group", "SCRIPT FLUSH"})
    void whoWaitsSurvivesKeysThatVanish(String command) {
        try (RedisMessageQueue queue = open(config())) {
            CompletableFuture<List<Delivery>> waiting =
                    CompletableFuture.supplyAsync(() -> queue.receive(EMAILS, 1, LONG));
            await().until(() -> redis.call("CLIENT", "LIST").toString().contains("cmd=xreadgroup"));
            redis.call((Object[]) command.split(" "));

            publish(queue, 1);

            assertThat(waiting.join()).hasSize(1);
            assertThat(queue.ackAll(waiting.join())).isEmpty();
        }
    }

    @Test
    void whoSettlesWhatHasVanishedIsToldThatItIsStale() {
        try (RedisMessageQueue queue = open(config())) {
            publish(queue, 2);
            List<Delivery> held = queue.receive(EMAILS, 2, LONG);
            redis.call("FLUSHALL");

            assertThat(queue.ackAll(held)).containsExactlyElementsOf(held);
            assertThat(held.get(0).nack()).isFalse();
            assertThat(held.get(0).reject("gone")).isFalse();
            assertThat(held.get(0).extendLease()).isFalse();
            assertThat(redis.strings("KEYS", "*")).isEmpty();
        }
    }

    @Test
    void aGroupThatIsMadeAnewDoesNotLetOldDeliveriesSettleNewOnes() {
        try (RedisMessageQueue queue = open(config())) {
            publish(queue, 1);
            Delivery before = queue.receive(EMAILS, 1, LONG).get(0);
            redis.call("XGROUP", "DESTROY", "emails", "scheduler_emails_group");

            Delivery after = queue.receive(EMAILS, 1, LONG).get(0);

            assertThat(before.ack()).isFalse();
            assertThat(after.ack()).isTrue();
        }
    }

    @Test
    void messagesSurviveAServerThatIsKilledWhileTheyAreInFlight() {
        try (RedisMessageQueue queue = open(config().lease(SHORT))) {
            publish(queue, 3);
            assertThat(queue.receive(EMAILS, 2, LONG)).hasSize(2);
            server.kill();
            server.start();

            List<String> received = new ArrayList<>();
            await().until(() -> {
                try {
                    for (Delivery delivery : queue.receive(EMAILS, 10, SHORT)) {
                        assertThat(delivery.ack()).isTrue();
                        received.add(delivery.message().id());
                    }
                } catch (QueueException e) {
                    assertThat(e).isNotInstanceOf(QueueRefusedException.class);
                }
                return received.size() == 3;
            });
            assertThat(received).doesNotHaveDuplicates();
        }
    }

    @Test
    void aConsumerThatLeavesIsForgotten() {
        RedisMessageQueue queue = open(config());
        publish(queue, 1);
        queue.receive(EMAILS, 1, LONG).get(0).ack();
        assertThat(consumers()).isEqualTo(1);

        queue.close();

        assertThat(consumers()).isZero();
    }

    @Test
    void aConsumerThatLeavesWithMessagesStaysUntilTheyWereTakenOver() {
        RedisMessageQueue leaving = open(config().lease(SHORT).consumerId("leaving"));
        publish(leaving, 1);
        leaving.receive(EMAILS, 1, LONG);
        leaving.close();
        assertThat(consumers()).isEqualTo(1);

        try (RedisMessageQueue heir = open(config().lease(SHORT).consumerId("heir"))) {
            Delivery inherited = heir.receive(EMAILS, 1, LONG).get(0);
            assertThat(inherited.attempt()).isEqualTo(2);
            assertThat(inherited.ack()).isTrue();
        }
    }

    @Test
    void consumersThatDiedAreForgottenByThoseThatCome() {
        redis.call("XGROUP", "CREATE", "emails", "scheduler_emails_group", "0", "MKSTREAM");
        for (int i = 0; i < 100; i++) {
            redis.call("XGROUP", "CREATECONSUMER", "emails", "scheduler_emails_group", "died-" + i);
        }
        AtomicReference<Long> removed = new AtomicReference<>(0L);
        // The script itself, with a shorter time than the minute after which a consumer counts as gone.
        await().until(() -> {
            removed.updateAndGet(sum -> sum
                    + redis.number(
                            "EVAL", RedisScript.FORGET.source(), 1, "emails", "scheduler_emails_group", "asking", "5"));
            return removed.get() == 100;
        });
        assertThat(consumers()).isZero();
    }

    @Test
    void moreReadersThanConnectionsShareThem() {
        int readers = RedisStreamReader.CONNECTIONS + 20;
        try (RedisMessageQueue queue = open(config())) {
            List<CompletableFuture<Integer>> reads = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < readers; i++) {
                CompletableFuture<Integer> read = new CompletableFuture<>();
                reads.add(read);
                threads.add(new Thread(() -> {
                    try {
                        read.complete(
                                queue.receive(EMAILS, 1, Duration.ofMillis(500)).size());
                    } catch (QueueException e) {
                        read.completeExceptionally(e);
                    }
                }));
            }
            threads.forEach(Thread::start);
            // Publishing has connections of its own: readers cannot starve it.
            publish(queue, 10);

            int received = reads.stream().mapToInt(CompletableFuture::join).sum();
            assertThat(received).isEqualTo(10);
        }
    }

    @Test
    void aKeyOfAnotherTypeIsRefused() {
        redis.call("SET", "emails", "somebody else's");
        try (RedisMessageQueue queue = open(config())) {
            assertThat(catchThrowableOfType(QueueRefusedException.class, () -> queue.receive(EMAILS, 1, LONG)))
                    .hasMessageContaining("WRONGTYPE");
        }
    }

    private RedisStreamConfigBuilder config() {
        return RedisStreamConfig.builder()
                .port(server.port())
                .connectionTimeout(Duration.ofSeconds(2))
                .commandTimeout(Duration.ofSeconds(2));
    }

    private static RedisMessageQueue open(RedisStreamConfigBuilder config) {
        return RedisMessageQueue.open(config.build(), new JacksonMessageCodec());
    }

    private static void publish(RedisMessageQueue queue, int count) {
        for (int i = 0; i < count; i++) {
            queue.publish(EMAILS, Message.of(NOTE, "x"));
        }
    }

    private long pending() {
        return (Long) ((List<?>) redis.call("XPENDING", "emails", "scheduler_emails_group")).get(0);
    }

    private long consumers() {
        return ((List<?>) redis.call("XINFO", "CONSUMERS", "emails", "scheduler_emails_group")).size();
    }
}
