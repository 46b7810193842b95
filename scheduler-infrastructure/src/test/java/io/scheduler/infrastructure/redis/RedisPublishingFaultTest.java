package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueUnavailableException;
import io.scheduler.infrastructure.MessageQueues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Publishing with retries while Redis fails in every way that one machine can produce: one entry for each message id.
 */
class RedisPublishingFaultTest {

    private static final MessageType<String> NOTE = MessageType.of("note", String.class);
    private static final QueueName EMAILS = QueueName.of("emails");

    private RedisServerProcess server;

    @BeforeEach
    void start() {
        server = RedisServerProcess.launch();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aPublicationSurvivesAServerThatIsKilledAndComesBack() {
        try (MessageQueue queue = MessageQueues.redis(patient(server.port()))) {
            List<String> ids = new ArrayList<>();
            List<CompletableFuture<Void>> publications = new ArrayList<>();
            publish(queue, ids, publications, 50);
            server.kill();
            publish(queue, ids, publications, 50);
            server.start();
            publish(queue, ids, publications, 50);

            CompletableFuture.allOf(publications.toArray(CompletableFuture<?>[]::new))
                    .join();

            assertThat(storedIds()).containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    @Test
    void aPublicationThatHungBeyondTheTimeoutIsStoredOnce() throws InterruptedException {
        try (MessageQueue queue = MessageQueues.redis(patient(server.port()))) {
            queue.create(EMAILS);
            server.pause();
            CompletableFuture<Void> publication = queue.publishAsync(
                    EMAILS, Message.builder(NOTE, "x").id("hung").build());
            // Longer than the command timeout: the first try has failed, and waits in the server's socket.
            TimeUnit.MILLISECONDS.sleep(700);
            server.resume();

            publication.join();

            assertThat(storedIds()).containsExactly("hung");
        }
    }

    @Test
    void aPublicationWhoseReplyWasLostIsStoredOnce() throws InterruptedException {
        try (TcpProxy proxy = TcpProxy.to(server.port());
                MessageQueue queue = MessageQueues.redis(patient(proxy.port()))) {
            publishUntilTheServerKnowsTheScript(queue);
            CountDownLatch reset = proxy.resetInsteadOfReplyTo("lost-reply");

            queue.publish(EMAILS, Message.builder(NOTE, "x").id("lost-reply").build());

            assertThat(reset.await(0, TimeUnit.SECONDS)).isTrue();
            assertThat(storedIds()).containsExactly("before", "lost-reply");
        }
    }

    @Test
    void aListWhoseReplyWasLostIsStoredOnce() throws InterruptedException {
        try (TcpProxy proxy = TcpProxy.to(server.port());
                MessageQueue queue = MessageQueues.redis(patient(proxy.port()))) {
            publishUntilTheServerKnowsTheScript(queue);
            CountDownLatch reset = proxy.resetInsteadOfReplyTo("list-2");
            List<Message> list = List.of(
                    Message.builder(NOTE, "x").id("list-1").build(),
                    Message.builder(NOTE, "x").id("list-2").build());

            queue.publishAll(EMAILS, list);

            assertThat(reset.await(0, TimeUnit.SECONDS)).isTrue();
            assertThat(storedIds()).containsExactly("before", "list-1", "list-2");
        }
    }

    @Test
    void withoutRetriesALostReplyLeavesTheOutcomeUnknown() {
        try (TcpProxy proxy = TcpProxy.to(server.port());
                MessageQueue queue = MessageQueues.redis(
                        patient(proxy.port()).toBuilder().maxRetryAttempts(1).build())) {
            publishUntilTheServerKnowsTheScript(queue);
            proxy.resetInsteadOfReplyTo("lost-reply");

            assertThatThrownBy(() -> queue.publish(
                            EMAILS, Message.builder(NOTE, "x").id("lost-reply").build()))
                    .isInstanceOf(OutcomeUnknownException.class)
                    .hasMessageContaining("lost-reply");

            assertThat(storedIds()).containsExactly("before", "lost-reply");
        }
    }

    @Test
    void aQueueThatWasBuiltWhileRedisWasDownWorksOnceItIsUp() {
        server.kill();
        try (MessageQueue queue = MessageQueues.redis(impatient(server.port()))) {
            assertThat(queue.health().up()).isFalse();
            assertThatThrownBy(() -> queue.publish(EMAILS, Message.of(NOTE, "x")))
                    .isInstanceOf(QueueUnavailableException.class)
                    .hasMessageContaining("2 attempts");

            server.start();

            queue.publish(EMAILS, Message.of(NOTE, "x"));
            assertThat(queue.health().up()).isTrue();
            assertThat(queue.size(EMAILS)).isEqualTo(1);
        }
    }

    /** Whoever hears that one batch has failed sends the next one at once, while the connection still tells of it. */
    @Test
    void publicationsThatWaitWhileConnectingFailsDoNotStopTheQueue() {
        try (MessageQueue queue = MessageQueues.redis(impatient(server.port()))) {
            awaitConnection(queue);
            queue.publish(EMAILS, Message.of(NOTE, "x"));
            server.kill();
            List<CompletableFuture<Void>> publications = new ArrayList<>();
            publish(queue, new ArrayList<>(), publications, 50);
            publications.forEach(
                    publication -> assertThatThrownBy(publication::join).hasCauseInstanceOf(QueueException.class));
            server.start();

            Awaitility.await()
                    .untilAsserted(() -> assertThatCode(() -> queue.publish(EMAILS, Message.of(NOTE, "x")))
                            .doesNotThrowAnyException());
        }
    }

    /** Every attempt may take connectionTimeout + 2 × commandTimeout, and one backoff lies between two attempts. */
    @Test
    void everyCallEndsInTimeWhenRedisHangs() {
        RedisStreamConfig config = impatient(server.port());
        long bound = 2 * (300 + 2 * 300) + 100;
        try (MessageQueue queue = MessageQueues.redis(config)) {
            awaitConnection(queue);
            queue.create(EMAILS);
            server.pause();
            try {
                List<Runnable> calls = List.of(
                        () -> queue.publish(EMAILS, Message.of(NOTE, "x")),
                        () -> queue.publishAll(EMAILS, List.of(Message.of(NOTE, "x"))),
                        () -> queue.stats(EMAILS),
                        () -> queue.exists(EMAILS));
                for (Runnable call : calls) {
                    long start = System.nanoTime();
                    catchThrowableOfType(QueueException.class, call::run);
                    // A bound that the code states, with as much again for a machine that is busy.
                    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start))
                            .isBetween(300L, 2 * bound);
                }
                assertThat(queue.health().up()).isFalse();
            } finally {
                server.resume();
            }
        }
    }

    @Test
    void aQueueThatConnectsToAHangingServerIsToldInTime() {
        server.pause();
        try (MessageQueue queue = MessageQueues.redis(impatient(server.port()))) {
            assertThatThrownBy(() -> queue.publish(EMAILS, Message.of(NOTE, "x")))
                    .isInstanceOf(QueueException.class);
        } finally {
            server.resume();
        }
    }

    @Test
    void anInterruptEndsTheWaitAndKeepsTheFlag() throws InterruptedException {
        try (MessageQueue queue = MessageQueues.redis(patient(server.port()))) {
            queue.create(EMAILS);
            server.pause();
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            CompletableFuture<Boolean> flag = new CompletableFuture<>();
            Thread publisher = new Thread(() -> {
                thrown.complete(
                        catchThrowableOfType(QueueException.class, () -> queue.publish(EMAILS, Message.of(NOTE, "x"))));
                flag.complete(Thread.currentThread().isInterrupted());
            });
            publisher.start();
            publisher.interrupt();

            publisher.join(5_000);
            assertThat(thrown).isCompletedWithValueMatching(OutcomeUnknownException.class::isInstance);
            assertThat(flag).isCompletedWithValue(true);
        } finally {
            server.resume();
        }
    }

    /** However slow this machine is in that moment: who is impatient does not wait for it. */
    private static void awaitConnection(MessageQueue queue) {
        Awaitility.await().until(() -> queue.health().up());
    }

    /** So that the next publication is one round trip, and its reply the one that matters. */
    private static void publishUntilTheServerKnowsTheScript(MessageQueue queue) {
        queue.publish(EMAILS, Message.builder(NOTE, "x").id("before").build());
    }

    private static void publish(
            MessageQueue queue, List<String> ids, List<CompletableFuture<Void>> publications, int count) {
        for (int i = 0; i < count; i++) {
            Message message = Message.of(NOTE, "x");
            ids.add(message.id());
            publications.add(queue.publishAsync(EMAILS, message));
        }
    }

    private List<String> storedIds() {
        try (RespClient redis = server.client()) {
            return ((List<?>) redis.call("XRANGE", "emails", "-", "+"))
                    .stream()
                            .map(entry -> (List<?>) ((List<?>) entry).get(1))
                            .map(fields -> (String) fields.get(1))
                            .toList();
        }
    }

    private static RedisStreamConfig patient(int port) {
        return RedisStreamConfig.builder()
                .port(port)
                .connectionTimeout(Duration.ofMillis(500))
                .commandTimeout(Duration.ofMillis(500))
                .maxRetryAttempts(10)
                .retryDelay(Duration.ofMillis(50))
                .build();
    }

    private static RedisStreamConfig impatient(int port) {
        return patient(port).toBuilder()
                .connectionTimeout(Duration.ofMillis(300))
                .commandTimeout(Duration.ofMillis(300))
                .maxRetryAttempts(2)
                .build();
    }
}
