package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.infrastructure.MessageQueues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The files with the certificates are replaced while a queue is in use. */
class RedisTlsRotationTest {

    private static final MessageType<String> NOTE = MessageType.of("note", String.class);
    private static final QueueName EMAILS = QueueName.of("emails");

    private TestCertificates old;
    private TestCertificates next;
    private RedisServerProcess server;

    @BeforeEach
    void start() {
        assumeThat(RedisBinary.withTls())
                .as("a redis-server with TLS on the PATH; the one that the tests carry has none")
                .isPresent();
        old = certificates();
        next = certificates();
        server = RedisServerProcess.launch(
                RedisBinary.withTls().orElseThrow(), Optional.of(ServerTls.asking(old, "server")));
    }

    @AfterEach
    void stop() {
        Optional.ofNullable(server).ifPresent(RedisServerProcess::close);
        Optional.ofNullable(old).ifPresent(TestCertificates::close);
        Optional.ofNullable(next).ifPresent(TestCertificates::close);
    }

    @Test
    void theQueueGoesOnWithTheCertificatesThatItsFilesHoldNow() throws IOException {
        RedisTls tls =
                RedisTls.defaults().caFile(old.authority()).certificate(old.certificate("client"), old.key("client"));
        try (MessageQueue queue = open(tls)) {
            passOne(queue);
            replace(old.authority(), next.authority());
            replace(old.certificate("client"), next.certificate("client"));
            replace(old.key("client"), next.key("client"));
            restartServerWithNext();

            passOne(queue);
        }
    }

    @Test
    void theSameWithKeyStores() throws IOException {
        RedisTls tls = RedisTls.defaults()
                .trustStore(old.trustStore(), TestCertificates.PASSWORD)
                .keyStore(old.store("client"), TestCertificates.PASSWORD);
        try (MessageQueue queue = open(tls)) {
            passOne(queue);
            Path trusted = old.trustStore();
            Path identity = old.store("client");
            replace(trusted, next.trustStore());
            replace(identity, next.store("client"));
            replace(old.authority(), next.authority());
            restartServerWithNext();

            passOne(queue);
        }
    }

    /** As in the middle of replacing them. */
    @Test
    void filesThatCannotBeUsedChangeNothing() throws IOException {
        RedisTls tls =
                RedisTls.defaults().caFile(old.authority()).certificate(old.certificate("client"), old.key("client"));
        try (MessageQueue queue = open(tls)) {
            passOne(queue);
            byte[] authority = Files.readAllBytes(old.authority());
            replace(old.certificate("client"), next.certificate("client"));
            Files.writeString(old.authority(), "-----BEGIN CERT");
            dropConnections();
            passOne(queue);
            Files.delete(old.authority());
            dropConnections();
            passOne(queue);

            Files.write(old.authority(), authority);
        }
    }

    private static TestCertificates certificates() {
        return TestCertificates.create().sign("server", "ip:127.0.0.1").sign("client", "dns:client");
    }

    private static void replace(Path file, Path with) throws IOException {
        Files.copy(with, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private void restartServerWithNext() throws IOException {
        replace(old.certificate("server"), next.certificate("server"));
        replace(old.key("server"), next.key("server"));
        server.kill();
        server.start();
    }

    private void dropConnections() {
        try (RespClient admin = server.client()) {
            admin.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        }
    }

    private MessageQueue open(RedisTls tls) {
        return MessageQueues.redis(RedisStreamConfig.builder()
                .port(server.publicPort())
                .tls(tls)
                .connectionTimeout(Duration.ofSeconds(5))
                .commandTimeout(Duration.ofSeconds(5))
                .maxRetryAttempts(10)
                .retryDelay(Duration.ofMillis(100))
                .deduplicationWindow(Duration.ofHours(1))
                .build());
    }

    private static void passOne(MessageQueue queue) {
        queue.publish(EMAILS, Message.of(NOTE, "x"));
        List<Delivery> deliveries = queue.receive(EMAILS, 10, Duration.ofSeconds(5));
        assertThat(deliveries).isNotEmpty();
        assertThat(queue.ackAll(deliveries)).isEmpty();
    }
}
