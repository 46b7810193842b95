package io.scheduler.infrastructure.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.message.PayloadException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.json.JsonWriteFeature;

/** Text arrives as it was, or is refused before it leaves. */
class TextFidelityTest {

    record Note(String text) {}

    private static final MessageType<String> TEXT = MessageType.of("text", String.class);
    private static final MessageType<Note> NOTE = MessageType.of("note", Note.class);
    private static final MessageType<Map<?, ?>> MAP = mapType();

    private final JacksonMessageCodec codec = new JacksonMessageCodec();
    private final JacksonPayloadCodec payloads = new JacksonPayloadCodec();

    static Stream<String> texts() {
        return Stream.of(
                "",
                "plain",
                "\u0000",
                "\u0000 between \u0000",
                "\t\r\n\b\f\u001b\u007f\u0085",
                "\"quoted\" \\ and / slashed",
                "\\ud83d is a backslash, not an escape",
                "\\\\ud83d",
                "e\u0301 is not \u00e9",
                "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \u202eabc\u202c",
                "\u674e \u65e5\u672c\u8a9e \ud55c\uae00",
                "\ud83d\ude80\ud83d\ude00",
                "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67\u200d\ud83d\udc66",
                "\ud834\udd1e \ud800\udc00 \udbff\udfff",
                "\ufeff\ufffe\uffff\ufffd",
                "\u2028\u2029",
                "x".repeat(100_000) + "\ud83d\ude80",
                "\u00e9".repeat(50_000) + "\u0000");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textSurvivesInEveryPlace(String text) {
        Message message = Message.builder(MAP, Map.of(key(text), List.of(text)))
                .header("h", header(text))
                .build();

        Message read = codec.decode(codec.encode(message).bytes());

        assertThat(read.payload(MAP)).isEqualTo(Map.of(key(text), List.of(text)));
        assertThat(read.headers()).containsEntry("h", header(text));
        assertThat(payloads.decode(TEXT, payloads.encode(TEXT, text))).isEqualTo(text);
        assertThat(payloads.decode(NOTE, payloads.encode(NOTE, new Note(text)))).isEqualTo(new Note(text));
    }

    @Test
    void pairsSurviveAtEveryOffsetOfTheWritersBuffers() {
        IntStream.of(0, 500, 1000, 1990, 2000, 3990, 4000, 7990, 8000, 16_000)
                .flatMap(around -> IntStream.range(around, around + 12))
                .mapToObj(length -> "x".repeat(length) + "\ud83d\ude80\u00e9")
                .forEach(text -> {
                    byte[] json = payloads.encode(TEXT, text);
                    assertThat(json).isEqualTo(('"' + text + '"').getBytes(UTF_8));
                    assertThat(payloads.decode(TEXT, json)).isEqualTo(text);
                });
    }

    static Stream<String> brokenTexts() {
        return Stream.of(
                        "",
                        "x".repeat(1999),
                        "x".repeat(3999),
                        "x".repeat(7999),
                        "x".repeat(8001),
                        "\u00e9".repeat(9000))
                .flatMap(before -> Stream.of(
                                "\ud83d",
                                "\ude80",
                                "\ud83d|",
                                "\ude80|",
                                "\ude80\ud83d",
                                "\ud83d\ud83d\ude80",
                                "\ud83d\u00e9")
                        .map(before::concat));
    }

    @ParameterizedTest
    @MethodSource("brokenTexts")
    void aLoneSurrogateIsRefusedInEveryPlace(String text) {
        assertRefused(TEXT, text);
        assertRefused(NOTE, new Note(text));
        assertRefused(MAP, Map.of(text, 1));
        assertRefused(MAP, Map.of("list", List.of("well", text)));
    }

    @ParameterizedTest
    @ValueSource(chars = {'\ud83d', '\ude80'})
    void halfAPairAsACharacterIsRefused(char half) {
        assertRefused(MessageType.of("char", Character.class), half);
        assertRefused(MessageType.of("chars", char[].class), new char[] {'a', half});
        assertRefused(MAP, Map.of(half, 1));
    }

    @Test
    void theMappersWayOfEscapingMakesNoDifference() {
        JacksonPayloadCodec ascii = new JacksonPayloadCodec(JacksonPayloadCodec.mapperBuilder()
                .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                .disable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .build());

        assertThat(new String(ascii.encode(TEXT, "\ud83d\ude80"), UTF_8)).isEqualTo("\"\\uD83D\\uDE80\"");
        assertThat(ascii.decode(TEXT, ascii.encode(TEXT, "\ud83d\ude80"))).isEqualTo("\ud83d\ude80");
        assertThatThrownBy(() -> ascii.encode(TEXT, "\ud83d\ude80\ud83d"))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("lone surrogate");
    }

    private <T> void assertRefused(MessageType<T> type, T value) {
        assertThatThrownBy(() -> payloads.encode(type, value))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("'" + type.name() + "'")
                .hasMessageContaining("lone surrogate");
        assertThatThrownBy(() -> codec.encode(Message.of(type, value))).isInstanceOf(PayloadException.class);
    }

    private static String header(String text) {
        return text.substring(Math.max(0, text.length() - Message.MAX_HEADER_LENGTH));
    }

    private static String key(String text) {
        return text.substring(Math.max(0, text.length() - 20_000));
    }

    @SuppressWarnings("unchecked")
    private static MessageType<Map<?, ?>> mapType() {
        return MessageType.of("map", (Class<Map<?, ?>>) (Class<?>) Map.class);
    }
}
