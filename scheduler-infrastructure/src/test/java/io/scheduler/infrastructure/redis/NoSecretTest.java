package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.infrastructure.MessageQueues;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * A password that would be recognised is used in everything that can fail, and searched for in everything that is told.
 */
class NoSecretTest {

    private static final MessageType<String> NOTE = MessageType.of("note", String.class);
    private static final QueueName EMAILS = QueueName.of("emails");

    /** What is told apart from all else, written in a URI as it is. */
    private static final String SECRET = "Xyzzy-S3cret-4711";

    @TempDir
    Path folder;

    private final Everything told = new Everything();

    static Stream<Path> binaries() {
        return ConsumingOnRedis.binaries();
    }

    @BeforeEach
    void listen() {
        told.open();
    }

    @AfterEach
    void stopListening() {
        told.close();
    }

    @ParameterizedTest
    @MethodSource("binaries")
    void whenItIsRight(Path binary) {
        try (RedisServerProcess server = RedisServerProcess.launch(binary, "--requirepass", SECRET)) {
            use("redis://:" + SECRET + "@127.0.0.1:" + server.port());
            use("redis://default:" + SECRET + "@127.0.0.1:" + server.port());
        }
        requireSilence();
    }

    @ParameterizedTest
    @MethodSource("binaries")
    void whenItIsWrong(Path binary) {
        try (RedisServerProcess server = RedisServerProcess.launch(binary, "--requirepass", "another")) {
            use("redis://:" + SECRET + "@127.0.0.1:" + server.port());
            use("redis://bob:" + SECRET + "@127.0.0.1:" + server.port());
            use("redis-cluster://:" + SECRET + "@127.0.0.1:" + server.port());
        }
        requireSilence();
    }

    @Test
    void whenItIsNotWanted() {
        try (RedisServerProcess server = RedisServerProcess.launch()) {
            use("redis://:" + SECRET + "@127.0.0.1:" + server.port());
            use("redis-cluster://:" + SECRET + "@127.0.0.1:" + server.port());
        }
        requireSilence();
    }

    @Test
    void whenNobodyListens() {
        int port = RedisServerProcess.freePort();
        for (String scheme : List.of("redis", "rediss", "redis-cluster")) {
            use(scheme + "://:" + SECRET + "@127.0.0.1:" + port);
        }
        use("redis-sentinel://:" + SECRET + "@127.0.0.1:" + port + "/main");
        use("redis://:" + SECRET + "@no-such-host.invalid:" + port);
        assertThat(told.everything()).contains("org.redisson.", "io.netty.", "io.scheduler.infrastructure.redis.");
        requireSilence();
    }

    @Test
    void whenAServerHangsOrDies() {
        try (RedisServerProcess server = RedisServerProcess.launch(RedisBinary.embedded(), "--requirepass", SECRET)) {
            try (MessageQueue queue = open("redis://:" + SECRET + "@127.0.0.1:" + server.port())) {
                attempt(queue);
                server.pause();
                attempt(queue);
                server.resume();
                attempt(queue);
                server.kill();
                attempt(queue);
            }
        }
        requireSilence();
    }

    @ParameterizedTest
    @MethodSource("binaries")
    void whenAPermissionIsMissing(Path binary) {
        try (RedisServerProcess server = RedisServerProcess.launch(binary);
                RespClient admin = server.client()) {
            admin.call("ACL", "SETUSER", "weak", "on", ">" + SECRET, "~*", "+ping");
            use("redis://weak:" + SECRET + "@127.0.0.1:" + server.port());
        }
        requireSilence();
    }

    @Test
    void whenTlsFails() {
        try (RedisServerProcess server = RedisServerProcess.launch();
                TestCertificates certificates = TestCertificates.create().sign("client", "dns:client")) {
            use("rediss://:" + SECRET + "@127.0.0.1:" + server.port());
            RedisStreamConfig config = impatient(RedisStreamConfig.fromUri("rediss://127.0.0.1:" + server.port()))
                    .tls(RedisTls.defaults().keyStore(certificates.store("client"), TestCertificates.PASSWORD))
                    .password(SECRET)
                    .build();
            told.add(config);
            try (MessageQueue queue = MessageQueues.redis(config)) {
                attempt(queue);
            }
            assertThat(told.everything()).doesNotContain(TestCertificates.PASSWORD);
        }
        requireSilence();
    }

    @Test
    void whenSentinelsLeadToAServerThatRefuses() {
        try (RedisServerProcess master = RedisServerProcess.launch(RedisBinary.embedded(), "--requirepass", "another");
                RedisServerProcess sentinel = RedisServerProcess.launchSentinel(
                        RedisBinary.embedded(),
                        "sentinel monitor main 127.0.0.1 " + master.port() + " 1",
                        "sentinel auth-pass main another")) {
            String sentinels = "@127.0.0.1:" + sentinel.port();
            use("redis-sentinel://:" + SECRET + sentinels + "/main");
            use("redis-sentinel://:" + SECRET + sentinels + "/unknown");
        }
        requireSilence();
    }

    @Test
    void whenItComesFromAFileOrASource() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), SECRET);
        try (RedisServerProcess server = RedisServerProcess.launch(RedisBinary.embedded(), "--requirepass", "x")) {
            String address = "redis://127.0.0.1:" + server.port();
            use(address + "?passwordFile=" + file);
            RedisStreamConfig config = impatient(RedisStreamConfig.fromUri(address))
                    .credentials(() -> RedisCredentials.of("bob", SECRET))
                    .build();
            told.add(config);
            told.add(RedisCredentials.of("bob", SECRET));
            try (MessageQueue queue = MessageQueues.redis(config)) {
                attempt(queue);
            }
            Files.writeString(file, SECRET + "\n" + SECRET);
            told.add(catchThrowable(() -> RedisStreamConfig.fromUri(address + "?passwordFile=" + file)));
        }
        requireSilence();
    }

    @Test
    void whenAUriIsMalformed() {
        for (String uri : List.of(
                "redis://" + SECRET + "@h",
                "redis://:" + SECRET + "@h:port",
                "redis://:%zz" + SECRET + "@h",
                "redis://h:" + SECRET,
                "redis://:a/" + SECRET + "@h",
                "nonsense://:" + SECRET + "@h",
                "redis://:" + SECRET + "@h?password=" + SECRET,
                "redis://h?passwort=" + SECRET,
                "redis://:" + SECRET + "@h?tlsKeyStorePassword=" + SECRET,
                "rediss://h?tlsTrustStore=/none&tlsTrustStorePassword=" + SECRET)) {
            Throwable refusal = catchThrowable(() -> RedisStreamConfig.fromUri(uri));
            assertThat(refusal).as(uri).isInstanceOf(IllegalArgumentException.class);
            told.add(refusal);
        }
        requireSilence();
    }

    private void use(String uri) {
        RedisStreamConfig config = impatient(RedisStreamConfig.fromUri(uri)).build();
        told.add(config);
        told.add(config.toBuilder());
        try (MessageQueue queue = MessageQueues.redis(config)) {
            attempt(queue);
        }
    }

    private MessageQueue open(String uri) {
        return MessageQueues.redis(impatient(RedisStreamConfig.fromUri(uri)).build());
    }

    private static RedisStreamConfigBuilder impatient(RedisStreamConfig config) {
        return config.toBuilder()
                .connectionTimeout(Duration.ofMillis(400))
                .commandTimeout(Duration.ofMillis(400))
                .maxRetryAttempts(2)
                .retryDelay(Duration.ofMillis(20));
    }

    private void attempt(MessageQueue queue) {
        told.add(queue);
        List<Runnable> calls = List.of(
                () -> queue.publish(EMAILS, Message.of(NOTE, "x")),
                () -> queue.publishAsync(EMAILS, Message.of(NOTE, "x")).join(),
                () -> queue.receive(EMAILS, 1, Duration.ofMillis(10)),
                () -> queue.stats(EMAILS));
        for (Runnable call : calls) {
            told.add(catchThrowable(call::run));
        }
        told.add(queue.health());
        told.addThreads();
    }

    private void requireSilence() {
        List<String> leaks = told.everything()
                .lines()
                .filter(line -> line.contains(SECRET))
                .distinct()
                .limit(20)
                .toList();

        assertThat(leaks).isEmpty();
        assertThat(told.size()).as("something was told at all").isPositive();
    }

    /** All logs at every level, errors with their causes, and names. */
    private static final class Everything extends AppenderBase<ILoggingEvent> {

        private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        private final Queue<String> texts = new ConcurrentLinkedQueue<>();
        private final List<ch.qos.logback.core.Appender<ILoggingEvent>> usual = new ArrayList<>();

        void open() {
            root.iteratorForAppenders().forEachRemaining(usual::add);
            usual.forEach(root::detachAppender);
            root.setLevel(Level.TRACE);
            setContext(root.getLoggerContext());
            start();
            root.addAppender(this);
        }

        void close() {
            root.detachAppender(this);
            root.setLevel(Level.ERROR);
            usual.forEach(root::addAppender);
            stop();
        }

        void add(Object anything) {
            if (anything instanceof Throwable failure) {
                StringWriter text = new StringWriter();
                failure.printStackTrace(new PrintWriter(text));
                texts.add(text.toString());
            }
            texts.add(String.valueOf(anything));
        }

        void addThreads() {
            Thread.getAllStackTraces().keySet().forEach(thread -> texts.add(thread.getName()));
        }

        String everything() {
            return String.join("\n", texts);
        }

        int size() {
            return texts.size();
        }

        @Override
        protected void append(ILoggingEvent event) {
            texts.add(event.getLoggerName() + " " + event.getLevel() + ": " + event.getFormattedMessage());
            if (event.getThrowableProxy() != null) {
                texts.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
    }
}
