package io.scheduler.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessageBuilderTest {

    private static final MessageType<String> TEXT = MessageType.of("text", String.class);
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void setsEveryPart() {
        Message message = Message.builder(TEXT, "hello")
                .id("4711")
                .correlationId("order-7")
                .header("traceparent", "00-1")
                .timestamp(NOON)
                .notBefore(NOON.plusSeconds(1))
                .build();

        assertThat(message)
                .isEqualTo(new Message(
                        "4711",
                        "text",
                        Payload.of(TEXT, "hello"),
                        Map.of("traceparent", "00-1"),
                        NOON,
                        0,
                        Optional.of("order-7"),
                        Optional.of(NOON.plusSeconds(1))));
    }

    @Test
    void aLaterHeaderReplacesTheOneOfItsName() {
        Message message = Message.builder(TEXT, "hello")
                .header("a", "1")
                .header("b", "2")
                .header("a", "3")
                .build();

        assertThat(message.headers()).containsExactly(Map.entry("a", "3"), Map.entry("b", "2"));
    }

    @Test
    void whatIsBuiltIsOutOfTheBuildersReach() {
        MessageBuilder builder = Message.builder(TEXT, "hello").header("a", "1");
        Message first = builder.build();
        Message second = builder.header("b", "2").build();

        assertThat(first.headers()).containsOnlyKeys("a");
        assertThat(second.headers()).containsOnlyKeys("a", "b");
        assertThat(second.id()).isNotEqualTo(first.id());
    }

    @Test
    void rulesAreCheckedWhenItBuilds() {
        MessageBuilder builder = Message.builder(TEXT, "hello").header("no name", "1");

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageStartingWith("Invalid header name 'no name'");
    }

    @Test
    void nothingIsNull() {
        MessageBuilder builder = Message.builder(TEXT, "hello");

        assertThatNullPointerException().isThrownBy(() -> builder.id(null));
        assertThatNullPointerException().isThrownBy(() -> builder.correlationId(null));
        assertThatNullPointerException().isThrownBy(() -> builder.notBefore(null));
        assertThatNullPointerException().isThrownBy(() -> builder.timestamp(null));
        assertThatNullPointerException()
                .isThrownBy(() -> Message.builder(TEXT, null))
                .withMessage("payload");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.header("name", null).build())
                .withMessage("value of header 'name'");
    }
}
