package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueName;
import io.scheduler.infrastructure.MessageQueues;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.codec.SerializationCodec;
import org.redisson.config.Config;
import org.redisson.config.NameMapper;

/** What a queue opens, what it shares, and what is left when it is closed. */
class RedisLifecycleTest {

    private static final MessageType<String> NOTE = MessageType.of("note", String.class);
    private static final QueueName EMAILS = QueueName.of("emails");

    private static RedisServerProcess server;

    @BeforeAll
    static void start() {
        server = RedisServerProcess.launch();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void buildingAQueueConnectsToNothing() {
        try (TcpProxy proxy = TcpProxy.to(server.port());
                MessageQueue queue = MessageQueues.redis(config(proxy.port()))) {
            assertThat(proxy.connections()).isZero();

            queue.exists(EMAILS);

            assertThat(proxy.connections()).isPositive();
        }
    }

    @Test
    void connectionsAreReused() throws InterruptedException {
        try (TcpProxy proxy = TcpProxy.to(server.port());
                MessageQueue queue = MessageQueues.redis(config(proxy.port()))) {
            List<Thread> publishers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                publishers.add(new Thread(() -> {
                    for (int n = 0; n < 50; n++) {
                        queue.publish(EMAILS, Message.of(NOTE, "x"));
                    }
                }));
            }
            publishers.forEach(Thread::start);
            for (Thread publisher : publishers) {
                publisher.join();
            }

            assertThat(queue.purge(EMAILS)).isEqualTo(16 * 50);
            assertThat(proxy.connections()).isBetween(1, 2);
        }
    }

    @Test
    void noThreadOutlivesAQueueThatIsClosed() {
        Set<Thread> before = threads();
        MessageQueue queue = MessageQueues.redis(config(server.port()));
        queue.publish(EMAILS, Message.of(NOTE, "x"));
        assertThat(threads()).hasSizeGreaterThan(before.size());

        queue.close();

        awaitOnly(before);
    }

    @Test
    void noThreadOutlivesAQueueThatNeverReachedRedis() {
        Set<Thread> before = threads();
        MessageQueue queue = MessageQueues.redis(config(RedisServerProcess.freePort()));
        for (int i = 0; i < 3; i++) {
            assertThat(queue.health().up()).isFalse();
        }

        queue.close();

        awaitOnly(before);
    }

    @Test
    void closingLetsAcceptedPublicationsEnd() {
        MessageQueue queue = MessageQueues.redis(config(server.port()));
        QueueName name = QueueName.of("closing");
        List<CompletableFuture<Void>> publications = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            publications.add(queue.publishAsync(name, Message.of(NOTE, "x")));
        }

        queue.close();

        assertThat(publications)
                .allMatch(CompletableFuture::isDone)
                .noneMatch(CompletableFuture::isCompletedExceptionally);
        try (RespClient redis = server.client()) {
            assertThat(redis.number("XLEN", "closing")).isEqualTo(2_000);
        }
    }

    /** Redisson leaves its threads behind where a connection ends between its first answer and the next request. */
    @Test
    void connectingThatFailsLateLeavesNoThread() {
        Set<Thread> before = threads();
        try (TcpProxy proxy = TcpProxy.to(server.port())) {
            for (int i = 0; i < 5; i++) {
                proxy.endAfter("PONG");
                try (MessageQueue queue = MessageQueues.redis(config(proxy.port()))) {
                    assertThat(catchThrowable(() -> queue.publish(EMAILS, Message.of(NOTE, "x"))))
                            .isInstanceOf(QueueException.class);
                }
                proxy.heal();
            }
            awaitOnly(before);
        }
    }

    @Test
    void aStageOfAPublicationMayCallTheQueueAndWait() {
        try (MessageQueue queue = MessageQueues.redis(config(server.port()))) {
            QueueName second = QueueName.of("second");

            long size = queue.publishAsync(QueueName.of("first"), Message.of(NOTE, "x"))
                    .thenApply(done -> {
                        queue.publish(second, Message.of(NOTE, "y"));
                        queue.publishAsync(second, Message.of(NOTE, "z")).join();
                        return queue.size(second);
                    })
                    .join();

            assertThat(size).isEqualTo(2);
            queue.delete(second);
        }
    }

    @Test
    void aBorrowedClientIsLeftOpenAndItsSettingsDoNotLeakIn() {
        Config settings = new Config();
        // Java serialization, ten retries and other key names: nothing of that may show in the queue.
        settings.setCodec(new SerializationCodec());
        settings.setNameMapper(new Renaming());
        settings.useSingleServer()
                .setAddress(server.uri())
                .setRetryAttempts(10)
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(4);
        RedissonClient client = Redisson.create(settings);
        try {
            MessageQueue queue = MessageQueues.redis(client, RedisStreamConfig.defaults());
            queue.publish(QueueName.of("borrowed"), Message.of(NOTE, "plain JSON"));
            queue.close();

            assertThat(client.isShutdown()).isFalse();
            try (RespClient redis = server.client()) {
                assertThat(redis.call("XRANGE", "borrowed", "-", "+").toString())
                        .contains("\"payload\":\"plain JSON\"");
            }
        } finally {
            client.shutdown();
        }
    }

    @Test
    void aBorrowedClientsRetriesAreOff() {
        try (RedisServerProcess hanging = RedisServerProcess.launch()) {
            Config settings = new Config();
            settings.setCodec(StringCodec.INSTANCE);
            settings.useSingleServer()
                    .setAddress(hanging.uri())
                    .setRetryAttempts(10)
                    .setConnectionMinimumIdleSize(1)
                    .setConnectionPoolSize(4);
            RedissonClient client = Redisson.create(settings);
            RedisStreamConfig once =
                    RedisStreamConfig.fromUri("redis://unused?maxRetryAttempts=1&commandTimeout=500ms");
            try (MessageQueue queue = MessageQueues.redis(client, once)) {
                queue.publish(EMAILS, Message.of(NOTE, "so that the server knows the script"));
                try (RespClient redis = hanging.client()) {
                    long before = scriptsRun(redis);
                    hanging.pause();
                    assertThat(catchThrowable(() -> queue.publish(EMAILS, Message.of(NOTE, "x"))))
                            .isInstanceOf(OutcomeUnknownException.class);
                    hanging.resume();
                    await().until(() -> redis.number("XLEN", "emails") == 2);
                    assertThat(scriptsRun(redis)).isEqualTo(before + 1);
                }
            } finally {
                client.shutdown();
            }
        }
    }

    private static long scriptsRun(RespClient redis) {
        Matcher calls = Pattern.compile("cmdstat_evalsha:calls=(\\d+)")
                .matcher(redis.call("INFO", "commandstats").toString());
        assertThat(calls.find()).isTrue();
        return Long.parseLong(calls.group(1));
    }

    private static RedisStreamConfig config(int port) {
        return RedisStreamConfig.builder().port(port).maxRetryAttempts(1).build();
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet();
    }

    /** Netty's global executor and the JDK's timer are shared by all of a JVM and are nobody's to end. */
    private static void awaitOnly(Set<Thread> before) {
        await().untilAsserted(() -> assertThat(threads().stream()
                        .filter(thread -> !before.contains(thread))
                        .map(Thread::getName)
                        .filter(name -> !name.startsWith("globalEventExecutor")
                                && !name.startsWith("CompletableFutureDelayScheduler")
                                && !name.startsWith("process reaper")
                                && !name.equals("awaitility-thread")
                                && !name.equals(TcpProxy.THREADS))
                        .collect(Collectors.toList()))
                .isEmpty());
    }

    private static final class Renaming implements NameMapper {

        @Override
        public String map(String name) {
            return "mapped:" + name;
        }

        @Override
        public String unmap(String name) {
            return name.substring("mapped:".length());
        }
    }
}
