package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.QueueName;
import io.scheduler.infrastructure.json.JacksonMessageCodec;
import io.scheduler.infrastructure.json.JacksonPayloadCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stranger puts into the stream may be larger than whatever a publisher of ours may send. */
class RedisLargeEntryTest {

    private static final MessageType<String> NOTE = MessageType.of("note", String.class);
    private static final QueueName EMAILS = QueueName.of("emails");
    private static final byte[] BEFORE = ("{\"message_id\":\"m-1\",\"type\":\"note\","
                    + "\"timestamp\":\"2026-01-01T00:00:00Z\",\"payload\":")
            .getBytes(StandardCharsets.US_ASCII);

    private RedisServerProcess server;

    @BeforeEach
    void start() {
        server = RedisServerProcess.launch(RedisBinary.embedded(), "--appendonly", "no");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMessageLargerThanTheLimitIsADeadLetterAndStopsNobody(boolean oneText) {
        RedisStreamConfig config = RedisStreamConfig.builder()
                .port(server.port())
                .commandTimeout(Duration.ofSeconds(30))
                .maxRetryAttempts(1)
                .build();
        try (RedisMessageQueue queue = RedisMessageQueue.open(config, new JacksonMessageCodec());
                RespClient stranger = server.client()) {
            stranger.call("XADD", "emails", "*", "data", tooLarge(oneText));
            queue.publish(EMAILS, Message.of(NOTE, "x"));

            assertThat(queue.receive(EMAILS, 10, Duration.ofSeconds(30)))
                    .singleElement()
                    .matches(Delivery::ack);

            assertThat(queue.stats(EMAILS).dead()).isEqualTo(1);
            assertThat(queue.deadLetters(EMAILS, 1)).singleElement().satisfies(letter -> {
                assertThat(letter.message()).isEmpty();
                assertThat(letter.reason()).contains("length").hasSizeLessThan(1_001);
            });
            assertThat(queue.purgeDeadLetters(EMAILS)).isEqualTo(1);
        }
    }

    /** A message that would be one, but for its size: with one long text, or with many numbers, none of them long. */
    private static byte[] tooLarge(boolean oneText) {
        byte[] json = new byte[JacksonPayloadCodec.MAX_DOCUMENT_LENGTH + (8 << 20)];
        System.arraycopy(BEFORE, 0, json, 0, BEFORE.length);
        json[BEFORE.length] = (byte) (oneText ? '"' : '[');
        for (int i = BEFORE.length + 1; i < json.length - 2; i++) {
            json[i] = (byte) (oneText || i % 2 == 1 ? '1' : ',');
        }
        if (!oneText) {
            json[json.length - 3] = '1';
            json[BEFORE.length + 1] = '1';
        }
        json[json.length - 2] = (byte) (oneText ? '"' : ']');
        json[json.length - 1] = '}';
        return json;
    }
}
