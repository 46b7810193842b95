package io.scheduler.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTypeTest {

    @Test
    void bindsANameToAClass() {
        MessageType<Integer> type = MessageType.of("order.count", Integer.class);

        assertThat(type.name()).isEqualTo("order.count");
        assertThat(type.payloadClass()).isEqualTo(Integer.class);
        assertThat(type).hasToString("order.count").isEqualTo(MessageType.of("order.count", Integer.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "email.send", "AZaz09._:-", ":", "-"})
    void acceptsEveryCharacterOfItsAlphabet(String name) {
        assertThat(MessageType.of(name, String.class).name()).isEqualTo(name);
    }

    @Test
    void aNameHasAtMost200Characters() {
        assertThat(MessageType.of("x".repeat(200), String.class).name()).hasSize(200);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageType.of("x".repeat(201), String.class))
                .withMessage("Invalid message type name '" + "x".repeat(60)
                        + "… (201 characters)': allowed are 1 to 200 characters out of A-Z a-z 0-9 . _ : -");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "a@b", "{a}", "größe", "a\n", "\u0000", "\ud800", "😀"})
    void refusesEveryOtherCharacter(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageType.of(name, String.class))
                .withMessageStartingWith("Invalid message type name '");
    }

    @Test
    void aPrimitiveClassIsRefusedBecauseNoValueIsOfIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageType.of("count", int.class))
                .withMessage("Message type 'count' has the primitive payload class int; use its wrapper class");
    }

    @Test
    void neitherPartIsNull() {
        assertThatNullPointerException()
                .isThrownBy(() -> MessageType.of(null, String.class))
                .withMessage("type name");
        assertThatNullPointerException()
                .isThrownBy(() -> MessageType.of("a", null))
                .withMessage("payloadClass");
    }
}
