package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueRefusedException;
import io.scheduler.infrastructure.MessageQueues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Passwords change on the server while a queue is in use. */
@ParameterizedClass(name = "{0}")
@MethodSource("binaries")
class RedisRotationTest {

    private static final MessageType<String> NOTE = MessageType.of("note", String.class);
    private static final QueueName EMAILS = QueueName.of("emails");
    private static final String OLD = "0ld-s3cret";
    private static final String NEW = "n3w-s3cret";

    @Parameter
    Path binary;

    @TempDir
    Path folder;

    private RedisServerProcess server;
    private RespClient admin;

    static Stream<Path> binaries() {
        return ConsumingOnRedis.binaries();
    }

    @BeforeEach
    void start() {
        server = RedisServerProcess.launch(binary, "--requirepass", OLD);
        admin = server.client();
        admin.call("AUTH", OLD);
    }

    @AfterEach
    void stop() {
        admin.close();
        server.close();
    }

    @Test
    void theQueueGoesOnWithTheNewPasswordOfItsFile() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), OLD + "\n");
        try (MessageQueue queue =
                MessageQueues.redis(config().passwordFile(file).build())) {
            passOne(queue);
            admin.call("CONFIG", "SET", "requirepass", NEW);
            Files.writeString(file, NEW + "\n");
            dropConnections();

            passOne(queue);
        }
    }

    @Test
    void theQueueGoesOnWithWhatItsSourceSays() {
        admin.call("ACL", "SETUSER", "alice", "on", ">" + OLD, "~*", "&*", "+@all");
        AtomicReference<RedisCredentials> source = new AtomicReference<>(RedisCredentials.of("alice", OLD));
        try (MessageQueue queue =
                MessageQueues.redis(config().credentials(source::get).build())) {
            passOne(queue);
            admin.call("ACL", "SETUSER", "bob", "on", ">" + NEW, "~*", "&*", "+@all");
            source.set(RedisCredentials.of("bob", NEW));
            admin.call("ACL", "DELUSER", "alice");

            passOne(queue);
            assertThat(admin.strings("ACL", "USERS")).doesNotContain("alice");
        }
    }

    @Test
    void whoComesTooEarlyIsRefusedAndGoesOnWhenTheFileIsRight() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), OLD);
        try (MessageQueue queue = MessageQueues.redis(
                config().passwordFile(file).maxRetryAttempts(1).build())) {
            passOne(queue);
            admin.call("CONFIG", "SET", "requirepass", NEW);
            dropConnections();
            Awaitility.await()
                    .untilAsserted(() -> assertThatThrownBy(() -> queue.publish(EMAILS, Message.of(NOTE, "x")))
                            .isInstanceOf(QueueRefusedException.class)
                            .hasMessageContaining("WRONGPASS")
                            .hasMessageNotContainingAny(OLD, NEW));

            Files.writeString(file, NEW);

            Awaitility.await().ignoreExceptions().untilAsserted(() -> passOne(queue));
        }
    }

    /** A sentinel knows no users here, and is given the password alone. */
    @Test
    void sentinelsThatAskForAPasswordGetTheNewOneToo() {
        admin.call("ACL", "SETUSER", "alice", "on", ">" + OLD, "~*", "&*", "+@all");
        AtomicReference<RedisCredentials> source = new AtomicReference<>(RedisCredentials.of("alice", OLD));
        try (RedisServerProcess sentinel = RedisServerProcess.launchSentinel(
                        binary,
                        "sentinel monitor main 127.0.0.1 " + server.port() + " 1",
                        "sentinel auth-pass main " + OLD,
                        "requirepass " + OLD);
                RespClient watcher = sentinel.client();
                MessageQueue queue = MessageQueues.redis(config().topology(
                                RedisTopology.sentinel("main", List.of(new RedisAddress("127.0.0.1", sentinel.port()))))
                        .credentials(source::get)
                        .build())) {
            watcher.call("AUTH", OLD);
            passOne(queue);
            admin.call("ACL", "SETUSER", "alice", ">" + NEW, "<" + OLD);
            watcher.call("ACL", "SETUSER", "default", ">" + NEW, "<" + OLD);
            source.set(RedisCredentials.of("alice", NEW));
            Set<String> before = connections(watcher);
            watcher.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            dropConnections();

            passOne(queue);
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(connections(watcher)).isNotEmpty().doesNotContainAnyElementsOf(before));
        }
    }

    /** Those of the queue, which bear its name only after they have logged in. */
    private static Set<String> connections(RespClient watcher) {
        return ((String) watcher.call("CLIENT", "LIST"))
                .lines()
                .filter(line -> line.contains("name=scheduler"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .collect(Collectors.toSet());
    }

    /** As a client that knew the old password keeps what it has opened with it. */
    private void dropConnections() {
        admin.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    }

    private RedisStreamConfigBuilder config() {
        return RedisStreamConfig.builder()
                .port(server.port())
                .connectionTimeout(Duration.ofSeconds(20))
                .commandTimeout(Duration.ofSeconds(10))
                .maxRetryAttempts(10)
                .retryDelay(Duration.ofMillis(100))
                .deduplicationWindow(Duration.ofHours(1));
    }

    private static void passOne(MessageQueue queue) {
        queue.publish(EMAILS, Message.of(NOTE, "x"));
        List<Delivery> deliveries = queue.receive(EMAILS, 10, Duration.ofSeconds(5));
        assertThat(deliveries).isNotEmpty();
        assertThat(queue.ackAll(deliveries)).isEmpty();
    }
}
