package io.scheduler.infrastructure.json;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageBuilder;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.message.Payload;
import io.scheduler.core.message.PayloadException;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

class JacksonMessageCodecTest {

    private static final MessageType<String> TEXT = MessageType.of("t", String.class);

    private final JacksonMessageCodec codec = new JacksonMessageCodec();

    @Test
    void fieldsMayComeInAnyOrderWithSpaceAroundThemAndOthersBetween() {
        Message read = decode("""
                 { "unknown" : [ { "message_id" : "inner" } ] , "payload" : { "a" : 1 } ,
                   "headers" : { "b" : "2" , "a" : "1" } , "not_before" : "2026-11-24T00:00:00Z",
                   "correlation_id" : "c" , "retry_count" : 2 , "another" : null,
                   "timestamp" : "2026-11-23T11:15:30+01:00" , "type" : "t" , "message_id" : "m" }
                """);

        assertThat(read.id()).isEqualTo("m");
        assertThat(read.type()).isEqualTo("t");
        assertThat(read.timestamp()).isEqualTo(Instant.parse("2026-11-23T10:15:30Z"));
        assertThat(read.retryCount()).isEqualTo(2);
        assertThat(read.correlationId()).contains("c");
        assertThat(read.notBefore()).contains(Instant.parse("2026-11-24T00:00:00Z"));
        assertThat(read.headers()).containsExactly(entry("b", "2"), entry("a", "1"));
        assertThat(payloadOf(read)).isEqualTo("{ \"a\" : 1 }");
    }

    @Test
    void nullIsTakenForAbsent() {
        Message read = decode(message("1")
                .replace("}", ",\"retry_count\":null,\"correlation_id\":null,\"not_before\":null,\"headers\":null}"));

        assertThat(read.retryCount()).isZero();
        assertThat(read.correlationId()).isEmpty();
        assertThat(read.notBefore()).isEmpty();
        assertThat(read.headers()).isEmpty();
    }

    static Stream<String> payloads() {
        return Stream.of(
                "0",
                "-1.50e+03",
                "true",
                "false",
                "\"\"",
                "\"h\u00e9\ud83d\ude80\"",
                "\"\\ud83d\\ude80 \\\" } , \\\\\"",
                "\"\\ud83d\"",
                "{}",
                "[]",
                "[ 1 , { \"\u674e\" : [ ] } ]",
                "{\"a\":\"}\",\"b\":\"]\\\"\"}",
                "{\"a\":1,\"a\":2}",
                "{\n\t\"\ud83d\ude80\" : null\r\n}",
                "123456789012345678901234567890.123456789",
                "\"" + "\u00e9".repeat(20_000) + "\"",
                "[\"" + "x".repeat(20_000) + "\"]");
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void aPayloadIsKeptByteForByte(String payload) {
        for (String space : new String[] {"", " ", "\n\t "}) {
            String alone = message(space + payload + space);
            String first = "{\"payload\":" + space + payload + space + ","
                    + message("0").substring(1).replace(",\"payload\":0", "");
            String later = "{\"\u00fcn\ud83d\ude80\":\"\u674e\u674e\"," + alone.substring(1);

            for (String json : new String[] {alone, first, later}) {
                assertThat(payloadOf(decode(json))).isEqualTo(payload);
                assertThat(payloadOf(decode("\ufeff" + space + json + space))).isEqualTo(payload);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void aPayloadThatIsJsonAlreadyIsEmbeddedByteForByte(String payload) {
        Message message = Message.of(TEXT, "").withPayload(encoded(bytes(payload)));

        assertThat(new String(codec.encode(message).bytes(), UTF_8)).endsWith(",\"payload\":" + payload + "}");
        assertThat(codec.decode(codec.encode(message).bytes())).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                " null ",
                "1 2",
                "1,\"message_id\":\"other\"",
                "1}{",
                "}",
                "{",
                "[1,]",
                "\"a\nb\"",
                "[\"\\x\"]",
                "'a'",
                "NaN",
                "01",
                "tru",
                "\ufeff1",
                "/* */1"
            })
    void bytesThatAreNotOneJsonValueAreNotEmbedded(String payload) {
        Message message = Message.builder(TEXT, "").id("m-7").build().withPayload(encoded(bytes(payload)));

        assertThatThrownBy(() -> codec.encode(message))
                .isInstanceOf(PayloadException.class)
                .hasMessageStartingWith("The payload of message m-7 of type 't' is not one JSON value: ");
    }

    @Test
    void bytesThatAreNotUtf8AreNotEmbedded() {
        byte[] latin = {'"', (byte) 0xE9, '"'};
        byte[] utf16 = "\"a\"".getBytes(UTF_16LE);

        assertThatThrownBy(() -> codec.encode(Message.of(TEXT, "").withPayload(encoded(latin))))
                .isInstanceOf(PayloadException.class)
                .hasMessageEndingWith("it is not UTF-8, at byte 1");
        assertThatThrownBy(() -> codec.encode(Message.of(TEXT, "").withPayload(encoded(utf16))))
                .isInstanceOf(PayloadException.class);
    }

    @Test
    void aPayloadOfTheGreatestDepthCanBeEmbeddedAndReadAndOneLevelMoreCannotBeEmbedded() {
        int max = JacksonPayloadCodec.MAX_NESTING_DEPTH;
        Message deep = Message.of(TEXT, "").withPayload(encoded(bytes("[".repeat(max) + "]".repeat(max))));
        Message tooDeep = Message.of(TEXT, "").withPayload(encoded(bytes("[".repeat(max + 1) + "]".repeat(max + 1))));

        assertThat(codec.decode(codec.encode(deep).bytes())).isEqualTo(deep);
        assertThatThrownBy(() -> codec.encode(tooDeep))
                .isInstanceOf(PayloadException.class)
                .hasMessageContaining("nesting depth (201)");
    }

    @Test
    void theLargestEnvelopeCanBeReadAgain() {
        MessageBuilder builder = Message.builder(TEXT, "payload").correlationId("\u0001".repeat(200));
        for (int i = 0; i < Message.MAX_HEADERS; i++) {
            builder.header("h" + i, "\u0001".repeat(Message.MAX_HEADER_LENGTH));
        }
        Message message = builder.build();
        JacksonMessageCodec narrow =
                new JacksonMessageCodec(new JacksonPayloadCodec(JsonMapper.builder(JsonFactory.builder()
                                .streamReadConstraints(StreamReadConstraints.builder()
                                        .maxDocumentLength(9)
                                        .maxStringLength(7)
                                        .build())
                                .build())
                        .build()));

        assertThat(narrow.decode(narrow.encode(message).bytes()).headers()).isEqualTo(message.headers());
        assertThat(narrow.decode(narrow.encode(message).bytes()).payload(TEXT)).isEqualTo("payload");
    }

    private Message decode(String json) {
        return codec.decode(bytes(json));
    }

    private String payloadOf(Message message) {
        return new String(message.payload().encode(codec.payloadCodec()), UTF_8);
    }

    private Payload encoded(byte[] json) {
        return Payload.encoded(json, codec.payloadCodec());
    }

    private static String message(String payload) {
        return "{\"message_id\":\"m\",\"type\":\"t\",\"timestamp\":\"2026-11-23T10:15:30Z\",\"payload\":" + payload
                + "}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
