package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueRefusedException;
import io.scheduler.core.queue.QueueUnavailableException;
import io.scheduler.infrastructure.MessageQueues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A network that is slow, cuts packets up, breaks connections, or goes silent without a word. */
@ParameterizedClass
@MethodSource("binaries")
class RedisConnectionFaultTest extends ConsumingOnRedis {

    private TcpProxy proxy;

    @BeforeEach
    void openProxy() {
        proxy = TcpProxy.to(server.port());
    }

    @AfterEach
    void closeProxy() {
        proxy.close();
    }

    @Test
    void aConnectionThatIsResetDuringABlockingReadIsReplacedUnseen() {
        try (MessageQueue queue = MessageQueues.redis(patient())) {
            CompletableFuture<List<Delivery>> waiting = receiveElsewhere(queue);
            await().until(() -> redis.call("CLIENT", "LIST").toString().contains("flags=b"));
            int connections = proxy.connections();
            proxy.resetAll();
            await().until(() -> proxy.connections() > connections);

            queue.publish(EMAILS, Message.of(NOTE, "x"));

            assertThat(waiting.join()).hasSize(1).allMatch(Delivery::ack);
            assertThat(redis.number("XLEN", "emails")).isZero();
        }
    }

    /** The time for a command is a minute here, so whoever ends earlier was told. */
    @ParameterizedTest
    @EnumSource(
            value = EveryCall.class,
            mode = EnumSource.Mode.EXCLUDE, // reads that wait are sent again, health says so, others need a delivery
            names = {"RECEIVE", "HEALTH", "ACK", "ACK_ALL", "NACK", "NACK_WITH_DELAY", "REJECT", "EXTEND_LEASE"})
    void whoWaitsForAnAnswerIsToldAtOnceThatTheConnectionHasClosed(EveryCall call) {
        try (RedisMessageQueue queue = open(config().port(proxy.port())
                .commandTimeout(Duration.ofMinutes(1))
                .maxRetryAttempts(1))) {
            proxy.resetInsteadOfReplyTo(call == EveryCall.RECEIVE_WHAT_IS_THERE ? "XREADGROUP" : "EVALSHA");

            assertThat(CompletableFuture.supplyAsync(() -> catchThrowable(() -> call.on(queue, EMAILS, null))))
                    .succeedsWithin(Duration.ofSeconds(30))
                    .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
                    .isInstanceOf(OutcomeUnknownException.class)
                    .hasMessageContaining("was lost before the answer");
        }
    }

    /** Nobody says that these connections are dead. Publications find out by their timeouts, reads by theirs. */
    @Test
    void connectionsThatGoSilentAreReplacedAndNothingIsLostOrStoredTwice() throws Exception {
        try (MessageQueue queue = MessageQueues.redis(patient())) {
            CompletableFuture<List<Delivery>> waiting = receiveElsewhere(queue);
            queue.publish(EMAILS, Message.builder(NOTE, "x").id("before").build());
            assertThat(waiting.join()).hasSize(1);
            CompletableFuture<List<Delivery>> cutOff = receiveElsewhere(queue);
            await().until(() -> redis.call("CLIENT", "LIST").toString().contains("flags=b"));
            proxy.cut();

            queue.publishAsync(EMAILS, Message.builder(NOTE, "x").id("after").build())
                    .get(60, TimeUnit.SECONDS);

            // The read that was cut off may have taken it along: then it comes with the end of the lease.
            List<Delivery> received = new ArrayList<>(outcome(cutOff));
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                received.addAll(receive(queue));
                return received.stream().anyMatch(d -> d.message().id().equals("after"));
            });
            assertThat(redis.number("XLEN", "emails")).isEqualTo(2);
        }
    }

    /** The time to connect is a minute here, and a read has been sent: only the time for a command counts. */
    @Test
    void aReadThatWaitsOnASilentConnectionEndsInTimeForItself() {
        try (RedisMessageQueue queue = open(config().port(proxy.port())
                .connectionTimeout(Duration.ofMinutes(1))
                .commandTimeout(Duration.ofSeconds(5))
                .maxRetryAttempts(1))) {
            CompletableFuture<List<Delivery>> waiting =
                    CompletableFuture.supplyAsync(() -> queue.receive(EMAILS, 1, Duration.ofSeconds(5)));
            await().until(() -> redis.call("CLIENT", "LIST").toString().contains("flags=b"));

            proxy.cut();

            assertThat(waiting)
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(OutcomeUnknownException.class)
                    .withMessageContaining("did not answer within 5000 ms");
        }
    }

    @Test
    void aReadThatFindsNoServerAnyMoreSaysSoAtOnce() {
        RedisServerProcess mortal = RedisServerProcess.launch(RedisBinary.embedded(), "--appendonly", "no");
        try (RedisMessageQueue queue = open(config().port(mortal.port())
                .connectionTimeout(Duration.ofMinutes(1))
                .commandTimeout(Duration.ofMinutes(1))
                .maxRetryAttempts(1))) {
            queue.receive(EMAILS, 1, SHORT);
            mortal.close();

            CompletableFuture<List<Delivery>> read =
                    CompletableFuture.supplyAsync(() -> queue.receive(EMAILS, 1, SHORT));

            assertThat(read)
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(QueueUnavailableException.class);
        }
    }

    @Test
    void latencyCostsTimeAndNothingElse() {
        proxy.delayBy(Duration.ofMillis(100)); // in each direction
        assertEverythingWorks(200);
    }

    @Test
    void packetsOfOneByteCostTimeAndNothingElse() {
        proxy.sendOneByteAtATime();
        assertEverythingWorks(20);
    }

    private void assertEverythingWorks(int count) {
        RedisStreamConfig config = config().port(proxy.port())
                .connectionTimeout(LONG)
                .commandTimeout(LONG)
                .maxRetryAttempts(1)
                .build();
        try (MessageQueue queue = MessageQueues.redis(config)) {
            List<String> ids = new ArrayList<>();
            List<CompletableFuture<Void>> publications = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Message message = Message.of(NOTE, "é".repeat(100));
                ids.add(message.id());
                publications.add(queue.publishAsync(EMAILS, message));
            }
            publications.forEach(CompletableFuture::join);

            List<String> received = new ArrayList<>();
            while (received.size() < count) {
                List<Delivery> deliveries = queue.receive(EMAILS, count, LONG);
                deliveries.forEach(d -> received.add(d.message().id()));
                assertThat(deliveries)
                        .isNotEmpty()
                        .allSatisfy(d -> assertThat(d.message().payload(NOTE)).isEqualTo("é".repeat(100)));
                assertThat(queue.ackAll(deliveries)).isEmpty();
            }
            assertThat(received).containsExactlyElementsOf(ids);
            assertThat(queue.stats(EMAILS).size()).isZero();
        }
    }

    private static CompletableFuture<List<Delivery>> receiveElsewhere(MessageQueue queue) {
        CompletableFuture<List<Delivery>> received = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                received.complete(queue.receive(EMAILS, 1, LONG));
            } catch (QueueException e) {
                received.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return received;
    }

    private static List<Delivery> outcome(CompletableFuture<List<Delivery>> read) throws Exception {
        return read.handle((deliveries, failure) -> failure == null ? deliveries : List.<Delivery>of())
                .get(60, TimeUnit.SECONDS);
    }

    private static List<Delivery> receive(MessageQueue queue) {
        try {
            return queue.receive(EMAILS, 10, SHORT);
        } catch (QueueException e) {
            assertThat(e).isNotInstanceOf(QueueRefusedException.class);
            return List.of();
        }
    }

    private RedisStreamConfig patient() {
        return config().port(proxy.port())
                .lease(Duration.ofSeconds(1))
                .connectionTimeout(Duration.ofSeconds(1))
                .commandTimeout(Duration.ofSeconds(1))
                .maxRetryAttempts(50)
                .retryDelay(Duration.ofMillis(100))
                .deduplicationWindow(Duration.ofHours(1))
                .build();
    }
}
