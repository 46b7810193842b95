package io.scheduler.infrastructure.redis;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.QueueName;
import io.scheduler.infrastructure.json.JacksonMessageCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;

/**
 * What tests of consuming share: a server of each version at hand for each test, and short ways to fill and look into
 * it.
 */
abstract class ConsumingOnRedis {

    static final MessageType<String> NOTE = MessageType.of("note", String.class);
    static final QueueName EMAILS = QueueName.of("emails");
    static final Duration LONG = Duration.ofSeconds(10);
    static final Duration SHORT = Duration.ofMillis(300);

    @Parameter
    Path binary;

    RedisServerProcess server;
    RespClient redis;

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

    static String data(String id) {
        return "{\"message_id\":\"" + id
                + "\",\"type\":\"note\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"payload\":\"x\"}";
    }

    RedisStreamConfigBuilder config() {
        return RedisStreamConfig.builder()
                .port(server.port())
                .connectionTimeout(LONG)
                .commandTimeout(Duration.ofSeconds(2));
    }

    static RedisMessageQueue open(RedisStreamConfigBuilder config) {
        return RedisMessageQueue.open(config.build(), new JacksonMessageCodec());
    }

    static void publish(RedisMessageQueue queue, int count) {
        for (int i = 0; i < count; i++) {
            queue.publish(EMAILS, Message.of(NOTE, "x"));
        }
    }

    long pending() {
        return (Long) ((List<?>) redis.call("XPENDING", "emails", "scheduler_emails_group")).get(0);
    }

    long consumers() {
        return ((List<?>) redis.call("XINFO", "CONSUMERS", "emails", "scheduler_emails_group")).size();
    }
}
