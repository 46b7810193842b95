package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Consumers that come, wait, leave and die. */
@ParameterizedClass
@MethodSource("binaries")
class RedisConsumersTest extends ConsumingOnRedis {

    @Test
    void whatIsReadyIsTakenEvenIfEveryTurnToWaitIsTaken() {
        QueueName idle = QueueName.of("idle");
        try (RedisMessageQueue queue = open(config())) {
            List<Thread> waiting = takeEveryTurn(queue, idle);
            publish(queue, 2);

            assertThat(queue.receive(EMAILS, 1, Duration.ZERO)).hasSize(1);
            assertThat(queue.receive(EMAILS, 1, Duration.ofMillis(100))).hasSize(1);
            waiting.forEach(Thread::interrupt);
        }
    }

    @Test
    void whoIsInterruptedWhileWaitingGivesTheTurnAndTheConnectionBack() throws Exception {
        QueueName idle = QueueName.of("idle");
        try (RedisMessageQueue queue = open(config())) {
            for (int round = 0; round < 3; round++) {
                List<Thread> waiting = takeEveryTurn(queue, idle);
                waiting.forEach(Thread::interrupt);
                for (Thread thread : waiting) {
                    thread.join();
                }
                await().until(() -> readsThatWait() == 0);
            }
        }
    }

    /** Returns when all of them wait at Redis. */
    private List<Thread> takeEveryTurn(RedisMessageQueue queue, QueueName name) {
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < RedisStreamReader.CONNECTIONS; i++) {
            Thread thread = new Thread(() -> {
                try {
                    queue.receive(name, 1, LONG);
                } catch (OutcomeUnknownException interrupted) {
                    // as planned
                }
            });
            thread.start();
            waiting.add(thread);
        }
        await().until(() -> readsThatWait() == RedisStreamReader.CONNECTIONS);
        return waiting;
    }

    private int readsThatWait() {
        return redis.call("CLIENT", "LIST").toString().split("flags=b", -1).length - 1;
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
                new RedisScripts(connection, config, new Deadlines(), new RedissonSender(config.commandTimeout())),
                new RedisErrors("Redis", config.commandTimeout()),
                new ConsumerNames("me"),
                config,
                Duration.ofMillis(1));
        RedisKeys keys = RedisKeys.of(EMAILS, config);
        try {
            await().until(() -> {
                RedisMaintenance.Queue watched = maintenance.watch(keys);
                watched.runIfDue().join();
                watched.unwatch();
                // Newer servers count whoever looks for leases that have ended.
                String left = redis.call("XINFO", "CONSUMERS", "emails", "scheduler_emails_group")
                        .toString();
                return !left.contains("died-");
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            maintenance.close();
            connection.close();
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
}
