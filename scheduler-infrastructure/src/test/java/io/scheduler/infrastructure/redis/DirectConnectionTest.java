package io.scheduler.infrastructure.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.client.RedisTimeoutException;
import org.redisson.client.codec.StringCodec;
import org.redisson.client.protocol.RedisCommands;

class DirectConnectionTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final Deadlines deadlines = new Deadlines();
    private RedisServerProcess server;
    private TcpProxy proxy;
    private RedisConnection client;

    @BeforeEach
    void start() {
        server = RedisServerProcess.launch(RedisBinary.embedded(), "--appendonly", "no");
        proxy = TcpProxy.to(server.port());
        client = RedisConnection.own(
                RedisStreamConfig.builder()
                        .port(proxy.port())
                        .connectionTimeout(LONG)
                        .commandTimeout(LONG)
                        .maxRetryAttempts(1)
                        .build(),
                "commands",
                1);
    }

    @AfterEach
    void stop() {
        server.resume();
        client.close();
        deadlines.close();
        proxy.close();
        server.close();
    }

    /** It would write at once, before what another thread has just handed over to it. */
    @Test
    void theThreadThatServesTheConnectionOvertakesNobody() throws Exception {
        DirectConnection connection = connection(LONG);
        EncodedCommand<?, ?> first = push("first");
        EncodedCommand<?, ?> second = push("second");
        CompletableFuture<Void> firstIsHandedOver = new CompletableFuture<>();
        CompletableFuture<Void> atIt = new CompletableFuture<>();
        EncodedCommand<?, ?> any = push("any");
        any.getPromise().thenRun(() -> {
            atIt.complete(null);
            firstIsHandedOver.join();
            connection.send(second);
        });

        connection.send(any);
        atIt.get(30, TimeUnit.SECONDS);
        connection.send(first);
        firstIsHandedOver.complete(null);

        second.getPromise().get(30, TimeUnit.SECONDS);
        try (RespClient redis = server.client()) {
            assertThat(redis.strings("LRANGE", "list", 0, -1)).containsExactly("any", "first", "second");
        }
    }

    @Test
    void whatIsToBeDoneAfterwardsIsDoneWhenAllIsWritten() throws Exception {
        DirectConnection connection = connection(LONG);
        EncodedCommand<?, ?> first = push("first");
        EncodedCommand<?, ?> second = push("second");
        CompletableFuture<Boolean> written = new CompletableFuture<>();
        CompletableFuture<Boolean> writtenBefore = new CompletableFuture<>();
        first.getPromise().thenRun(() -> {
            connection.send(second);
            writtenBefore.complete(second.writtenTo().isPresent());
            connection.afterWriting(() -> written.complete(second.writtenTo().isPresent()));
        });

        connection.send(first);

        assertThat(writtenBefore.get(30, TimeUnit.SECONDS)).isFalse();
        assertThat(written.get(30, TimeUnit.SECONDS)).isTrue();
    }

    /** Redisson sends a read again when its connection has gone, without asking whether anybody still wants it. */
    @Test
    void whatNobodyWaitsForIsNotSentByRedissonEither() throws Exception {
        org.redisson.client.RedisConnection any = Master.of(client.client().get(30, TimeUnit.SECONDS), deadlines)
                .lend(RedisCommands.PING, LONG)
                .get(30, TimeUnit.SECONDS);
        EncodedCommand<?, ?> ended = push("ended");
        EncodedCommand<?, ?> after = push("after");

        ended.getPromise().cancel(false);
        assertThat(any.send(ended).awaitUninterruptibly().isSuccess()).isFalse();

        any.send(after);
        after.getPromise().get(30, TimeUnit.SECONDS);
        try (RespClient redis = server.client()) {
            assertThat(redis.strings("LRANGE", "list", 0, -1)).containsExactly("after");
        }
    }

    @Test
    void whatWaitsInVainForAConnectionIsToldAndWhatComesLaterGoesOn() throws Exception {
        DirectConnection connection = connection(Duration.ofMillis(100));
        EncodedCommand<?, ?> before = push("before");
        connection.send(before);
        before.getPromise().get(30, TimeUnit.SECONDS);
        server.pause();
        proxy.resetAll();

        // Those that had been sent before the break was noticed are told so.
        await().atMost(LONG).until(() -> failure(connection, push("waits")), RedisTimeoutException.class::isInstance);

        server.resume();
        await().atMost(LONG).until(() -> failure(connection, push("after")) == null);
    }

    private static Throwable failure(DirectConnection connection, EncodedCommand<?, ?> command) throws Exception {
        connection.send(command);
        return command.getPromise().handle((answer, failure) -> failure).get(30, TimeUnit.SECONDS);
    }

    private DirectConnection connection(Duration timeout) throws Exception {
        return new DirectConnection(Master.of(client.client().get(30, TimeUnit.SECONDS), deadlines), timeout);
    }

    private static EncodedCommand<?, ?> push(String value) {
        return new EncodedCommand<>(
                StringCodec.INSTANCE,
                RedisCommands.RPUSH,
                RespRequest.of(Arrays.asList(bytes("RPUSH"), bytes("list"), bytes(value))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }
}
