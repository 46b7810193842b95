package io.scheduler.infrastructure.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.message.Payload;
import io.scheduler.core.message.PayloadException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;

/** No error shows content: neither its text, nor its causes, nor what a logger prints of them. */
class SilenceTest {

    private static final String SECRET = "s3cr3t";

    enum Level {
        LOW
    }

    record Line(int amount, Level level, Instant at, UUID key, boolean paid) {}

    record Order(List<Line> lines, Map<String, Line> byName, Map<Level, String> byLevel, Optional<Line> gift) {}

    static final class Strict {
        public int number;

        public Strict(String text) {
            throw new IllegalStateException("unacceptable: " + text, new RuntimeException(text));
        }
    }

    static final class Open {
        @JsonAnySetter
        public Map<String, Integer> others;
    }

    record Leaky(String name) {
        @Override
        public String name() {
            throw new IllegalStateException(SECRET);
        }
    }

    private final JacksonPayloadCodec codec = new JacksonPayloadCodec();
    private final JacksonMessageCodec messages = new JacksonMessageCodec(codec);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3cr3t",
                "{\"lines\":s3cr3t}",
                "{\"lines\":[{\"amount\":\"s3cr3t\"}]}",
                "{\"lines\":[{\"amount\":1},{\"level\":\"s3cr3t\"}]}",
                "{\"lines\":[{\"at\":\"s3cr3t\"}]}",
                "{\"lines\":[{\"key\":\"s3cr3t\"}]}",
                "{\"lines\":[{\"paid\":\"s3cr3t\"}]}",
                "{\"lines\":\"s3cr3t\"}",
                "{\"by_name\":{\"s3cr3t\":[]}}",
                "{\"by_name\":{\"s3cr3t\":{\"amount\":\"s3cr3t\"}}}",
                "{\"by_level\":{\"s3cr3t\":\"s3cr3t\"}}",
                "{\"gift\":\"s3cr3t\"}",
                "{\"s3cr3t\":1} s3cr3t",
                "{\"s3cr3t\":\"s3cr3t",
                "{\"s3cr3t\" \"s3cr3t\"}",
                "{\"s3cr3t\":\"\\s3cr3t\"}",
                "[\"s3cr3t\"]"
            })
    void errorsOfDecodingShowNoContent(String json) {
        assertSilent(() -> codec.decode(MessageType.of("order", Order.class), bytes(json)));
        assertSilent(() -> strange().decode(MessageType.of("order", Order.class), bytes(json)));
        assertSilent(() -> messages.decode(message(json)).payload(MessageType.of("order", Order.class)));
    }

    @Test
    void errorsOfThePayloadsOwnClassShowNoContent() {
        assertSilent(() -> codec.decode(MessageType.of("strict", Strict.class), bytes("\"s3cr3t\"")));
        assertSilent(() -> codec.decode(MessageType.of("open", Open.class), bytes("{\"s3cr3t\":\"s3cr3t\"}")));
        assertSilent(() -> codec.encode(MessageType.of("leaky", Leaky.class), new Leaky(SECRET)));
        assertSilent(
                () -> codec.encode(MessageType.of("map", Object.class), Map.of(SECRET, List.of(new Leaky(SECRET)))));
        assertSilent(() -> codec.encode(MessageType.of("text", String.class), SECRET + "\ud83d"));
    }

    @Test
    void aPayloadOfAnotherCodecIsNotShownEither() {
        MessageType<String> type = MessageType.of("text", String.class);
        Message message = Message.of(type, "").withPayload(Payload.encoded(bytes("\"s3cr3t\" s3cr3t"), codec));

        assertSilent(() -> messages.encode(message));
        assertThat(message.toString()).doesNotContain(SECRET);
    }

    @Test
    void anErrorNamesTheTypeTheClassAndThePlace() {
        PayloadException error = catchThrowableOfType(
                PayloadException.class,
                () -> codec.decode(
                        MessageType.of("order", Order.class),
                        bytes("{\"by_name\":{\"s3cr3t\":{\"amount\":\"s3cr3t\"}},\"lines\":[]}")));

        assertThat(error)
                .hasMessage("The payload of type 'order' cannot be decoded into " + Order.class.getTypeName()
                        + ": the JSON does not fit int, at by_name.*.amount");
    }

    @Test
    void theStackOfWhatThePayloadsOwnClassThrewIsKept() {
        PayloadException error = catchThrowableOfType(
                PayloadException.class, () -> codec.encode(MessageType.of("leaky", Leaky.class), new Leaky(SECRET)));

        assertThat(error).hasMessageContaining("IllegalStateException was thrown, at name");
        assertThat(error.getCause()).hasMessageStartingWith("java.lang.IllegalStateException; its text is withheld");
        assertThat(error.getCause().getStackTrace()[0].getMethodName()).isEqualTo("name");
    }

    private static void assertSilent(ThrowingCallable call) {
        PayloadException error = catchThrowableOfType(PayloadException.class, call);

        assertThat(error).isNotNull();
        StringWriter printed = new StringWriter();
        error.printStackTrace(new PrintWriter(printed));
        assertThat(printed.toString()).doesNotContain(SECRET);
    }

    /** A mapper that would tell more if it were asked. */
    private static JacksonPayloadCodec strange() {
        return new JacksonPayloadCodec(JacksonPayloadCodec.mapperBuilder()
                .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build());
    }

    private static byte[] message(String payload) {
        return bytes("{\"message_id\":\"1\",\"type\":\"order\",\"timestamp\":\"2026-11-23T10:15:30Z\",\"payload\":"
                + payload + "}");
    }

    private static byte[] bytes(String json) {
        return json.getBytes(UTF_8);
    }
}
