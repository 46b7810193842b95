package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueRefusedException;
import io.scheduler.core.queue.QueueUnavailableException;
import io.scheduler.infrastructure.json.JacksonMessageCodec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** TLS to a real server, whose certificates are made here. */
class RedisTlsServerTest {

    private static final MessageType<String> NOTE = MessageType.of("note", String.class);
    private static final QueueName EMAILS = QueueName.of("emails");

    private static TestCertificates ours;
    private static TestCertificates strangers;

    private Optional<RedisServerProcess> server = Optional.empty();

    @BeforeAll
    static void create() {
        ours = TestCertificates.create()
                .sign("server", "dns:localhost,ip:127.0.0.1")
                .sign("elsewhere", "dns:redis.example.org")
                .sign("client", "dns:client");
        strangers = TestCertificates.create().sign("client", "dns:client");
    }

    @AfterAll
    static void remove() {
        ours.close();
        strangers.close();
    }

    @BeforeEach
    void skipWhatThisMachineLacks() {
        assumeThat(RedisBinary.withTls())
                .as("a redis-server with TLS on the PATH; the one that the tests carry has none")
                .isPresent();
    }

    @AfterEach
    void stop() {
        server.ifPresent(RedisServerProcess::close);
    }

    @Test
    void messagesTravelByHostNameAndByAddress() {
        launch(ServerTls.showing(ours, "server"));

        for (String host : List.of("localhost", "127.0.0.1")) {
            try (MessageQueue queue = open(config(host, trusting(ours)))) {
                passOne(queue);
            }
        }
    }

    @Test
    void aTrustStoreDoesAsWellAsAFile() {
        launch(ServerTls.showing(ours, "server"));

        try (MessageQueue queue = open(
                config("localhost", RedisTls.defaults().trustStore(ours.trustStore(), TestCertificates.PASSWORD)))) {
            passOne(queue);
        }
    }

    @Test
    void aServerWhoseAuthorityIsUnknownIsRefused() {
        launch(ServerTls.showing(ours, "server"));

        for (RedisTls others : List.of(trusting(strangers), RedisTls.defaults())) {
            assertRefused(config("localhost", others), "not trusted here", "tlsCaFile");
        }
    }

    @Test
    void aServerOfAnotherNameIsRefused() {
        launch(ServerTls.showing(ours, "elsewhere"));

        assertRefused(config("localhost", trusting(ours)), "localhost", "host name");
        assertRefused(config("127.0.0.1", trusting(ours)), "127.0.0.1", "host name");
    }

    @Test
    void aServerThatAsksForACertificateGetsIt() {
        launch(ServerTls.asking(ours, "server"));

        List<RedisTls> identities = List.of(
                trusting(ours).certificate(ours.certificate("client"), ours.key("client")),
                trusting(ours).keyStore(ours.store("client"), TestCertificates.PASSWORD));
        for (RedisTls identity : identities) {
            try (MessageQueue queue = open(config("localhost", identity))) {
                passOne(queue);
            }
        }
    }

    @Test
    void withoutACertificateThatTheServerTrustsTheErrorNamesTheSetting() {
        launch(ServerTls.asking(ours, "server"));

        List<RedisTls> wrong = List.of(
                trusting(ours), trusting(ours).certificate(strangers.certificate("client"), strangers.key("client")));
        for (RedisTls identity : wrong) {
            try (MessageQueue queue = open(config("localhost", identity))) {
                // Which of the two depends on whether the network lost the server's last words.
                assertThatThrownBy(() -> queue.publish(EMAILS, Message.of(NOTE, "x")))
                        .isInstanceOfAny(QueueRefusedException.class, QueueUnavailableException.class)
                        .hasMessageContaining("tlsCertificateFile");
            }
        }
    }

    /** Redis waits there for the end of a line that does not come. */
    @Test
    void aPortWithoutTlsIsNoConnectionInTime() {
        launch(ServerTls.showing(ours, "server"));

        RedisStreamConfigBuilder plain = config("localhost", trusting(ours))
                .port(server.orElseThrow().port())
                .connectionTimeout(Duration.ofMillis(500));
        try (MessageQueue queue = open(plain)) {
            assertThatThrownBy(() -> queue.publish(EMAILS, Message.of(NOTE, "x")))
                    .isInstanceOf(QueueUnavailableException.class)
                    .hasMessageContaining("(TLS) cannot be reached: no connection in time");
        }
    }

    @Test
    void aPortWithTlsTakesNothingElse() {
        launch(ServerTls.showing(ours, "server"));

        RedisStreamConfigBuilder plain = RedisStreamConfig.builder()
                .host("localhost")
                .port(server.orElseThrow().publicPort());
        try (MessageQueue queue = open(plain)) {
            assertThatThrownBy(() -> queue.publish(EMAILS, Message.of(NOTE, "x")))
                    .isInstanceOf(QueueException.class);
            assertThat(queue.health().up()).isFalse();
        }
    }

    private static RedisTls trusting(TestCertificates certificates) {
        return RedisTls.defaults().caFile(certificates.authority());
    }

    private void launch(ServerTls tls) {
        server = Optional.of(RedisServerProcess.launch(RedisBinary.withTls().orElseThrow(), Optional.of(tls)));
    }

    private RedisStreamConfigBuilder config(String host, RedisTls tls) {
        return RedisStreamConfig.builder()
                .host(host)
                .port(server.orElseThrow().publicPort())
                .tls(tls)
                .connectionTimeout(Duration.ofSeconds(5))
                .commandTimeout(Duration.ofSeconds(5));
    }

    private static RedisMessageQueue open(RedisStreamConfigBuilder config) {
        return RedisMessageQueue.open(config.build(), new JacksonMessageCodec());
    }

    private static void passOne(MessageQueue queue) {
        queue.publish(EMAILS, Message.of(NOTE, "x"));
        assertThat(queue.receive(EMAILS, 1, Duration.ofSeconds(5))).hasSize(1).allMatch(Delivery::ack);
    }

    private void assertRefused(RedisStreamConfigBuilder config, String... words) {
        try (MessageQueue queue = open(config)) {
            QueueException error =
                    catchThrowableOfType(QueueException.class, () -> queue.publish(EMAILS, Message.of(NOTE, "x")));

            assertThat(error).isInstanceOf(QueueRefusedException.class).hasMessageContainingAll(words);
            assertThat(queue.health().up()).isFalse();
        }
    }
}
