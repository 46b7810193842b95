package io.scheduler.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageHeadersTest {

    private static final MessageType<String> TEXT = MessageType.of("text", String.class);

    @Test
    void keepTheOrderInWhichTheyWereGiven() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = Message.MAX_HEADERS; i > 0; i--) {
            headers.put("h" + i, "v" + i);
        }

        assertThat(with(headers).headers()).containsExactlyEntriesOf(headers);
    }

    @Test
    void areCopied() {
        Map<String, String> headers = new LinkedHashMap<>(Map.of("a", "1"));
        Message message = with(headers);

        headers.put("b", "2");

        assertThat(message.headers()).containsExactly(Map.entry("a", "1"));
    }

    @Test
    void cannotBeChanged() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> with(Map.of("a", "1")).headers().put("b", "2"));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> with(Map.of()).headers().put("b", "2"));
    }

    @Test
    void areAtMost64() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 0; i < 64; i++) {
            headers.put("h" + i, "");
        }
        assertThat(with(headers).headers()).hasSize(64);

        headers.put("h64", "");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(headers))
                .withMessage("Too many headers: 65, allowed are at most 64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "traceparent", "X-Request.Id_9", ".", "_", "-"})
    void haveNamesOutOfASmallAlphabet(String name) {
        assertThat(with(Map.of(name, "v")).headers()).containsOnlyKeys(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a:b", "a/b", "é", "a\n", "\u0000", "\ud800", "😀"})
    void haveNamesOutOfNothingElse(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(Map.of(name, "v")))
                .withMessageStartingWith("Invalid header name '")
                .withMessageEndingWith("': allowed are 1 to 100 characters out of A-Z a-z 0-9 . _ -");
    }

    @Test
    void haveNamesOfAtMost100Characters() {
        assertThat(with(Map.of("n".repeat(100), "v")).headers()).hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(Map.of("n".repeat(101), "v")))
                .withMessageContaining("(101 characters)");
    }

    @Test
    void areCaseSensitive() {
        assertThat(with(Map.of("trace", "1", "Trace", "2")).headers()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "line\nbreak", "\u0000", "é", "😀", "שלום"})
    void haveAnyUnicodeAsTheirValues(String value) {
        assertThat(with(Map.of("name", value)).headers()).containsEntry("name", value);
    }

    @Test
    void haveValuesOfAtMost8192CharactersAndAreNotShownWhenTheyHaveMore() {
        assertThat(with(Map.of("name", "v".repeat(8192))).headers()).hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(Map.of("name", "v".repeat(8193))))
                .withMessage("The value of header 'name' has 8193 characters; allowed are at most 8192");
    }

    @Test
    void haveNeitherNamesNorValuesThatAreNull() {
        assertThatNullPointerException()
                .isThrownBy(() -> with(Collections.singletonMap("name", null)))
                .withMessage("value of header 'name'");
        assertThatNullPointerException()
                .isThrownBy(() -> with(Collections.singletonMap(null, "value")))
                .withMessage("header name");
    }

    private static Message with(Map<String, String> headers) {
        return new Message(
                "id",
                "text",
                Payload.of(TEXT, "payload"),
                headers,
                Instant.EPOCH,
                0,
                Optional.empty(),
                Optional.empty());
    }
}
