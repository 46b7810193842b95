package io.scheduler.infrastructure.json;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scheduler.core.message.PayloadException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not a message is refused with a reason, whatever it is. */
class NotAMessageTest {

    private static final String GOOD = "{\"message_id\":\"m\",\"type\":\"t\",\"timestamp\":\"2026-11-23T10:15:30Z\","
            + "\"retry_count\":1,\"correlation_id\":\"c\",\"not_before\":\"2026-11-23T10:15:30Z\","
            + "\"headers\":{\"h\":\"v\"},\"payload\":{\"p\":[1]}}";

    private final JacksonMessageCodec codec = new JacksonMessageCodec();

    @Test
    void whatTheOthersAreMadeFromIsAMessage() {
        assertThat(codec.decode(bytes(GOOD)).id()).isEqualTo("m");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "message_id":"m",                        | ` `                                 | message_id is missing or null
                    "type":"t",                              | ` `                                 | type is missing or null
                    "timestamp":"2026-11-23T10:15:30Z",      | ` `                                 | timestamp is missing or null
                    ,"payload":{"p":[1]}                     | ` `                                 | payload is missing or null
                    {"p":[1]}                                | null                                | payload is missing or null
                    "message_id":"m"                         | "message_id":null                   | message_id is missing or null
                    "message_id":"m"                         | "message_id":7                      | message_id is not a string
                    "type":"t"                               | "type":["t"]                        | type is not a string
                    "timestamp":"2026-11-23T10:15:30Z"       | "timestamp":1795428930              | timestamp is not a string
                    "timestamp":"2026-11-23T10:15:30Z"       | "timestamp":"yesterday"             | timestamp is not an instant
                    "timestamp":"2026-11-23T10:15:30Z"       | "timestamp":"0000-01-01T00:00:00Z"  | Invalid timestamp
                    "not_before":"2026-11-23T10:15:30Z"      | "not_before":"2026-11-23T10:15:30"  | not_before is not an instant
                    "retry_count":1                          | "retry_count":"1"                   | retry_count is not a whole number
                    "retry_count":1                          | "retry_count":1.0                   | retry_count is not a whole number
                    "retry_count":1                          | "retry_count":-1                    | Invalid retryCount
                    "retry_count":1                          | "retry_count":2147483648            | retry_count is out of range
                    "retry_count":1                          | "retry_count":99999999999999999999  | retry_count is out of range
                    "correlation_id":"c"                     | "correlation_id":true               | correlation_id is not a string
                    "correlation_id":"c"                     | "correlation_id":""                 | Invalid correlationId
                    "correlation_id":"c"                     | "correlation_id":"\\ud83d"          | lone surrogate
                    {"h":"v"}                                | ["h"]                               | headers is not an object
                    {"h":"v"}                                | {"h":1}                             | the value of a header is not a string
                    {"h":"v"}                                | {"h":null}                          | the value of a header is not a string
                    {"h":"v"}                                | {"h":"v","h":"w"}                   | a header is there twice
                    {"h":"v"}                                | {"a b":"v"}                         | Invalid header name
                    "message_id":"m"                         | "message_id":"a b"                  | Invalid message id
                    "type":"t"                               | "type":"ü"                          | Invalid message type name
                    "type":"t"                               | "type":"t","type":"t"               | type is there twice
                    "type":"t"                               | "type":null,"type":"t"              | type is there twice
                    {"p":[1]}                                | 1,"payload":2                       | payload is there twice
                    {"p":[1]}                                | {"p":[1}                            | it is not JSON, at byte
                    {"p":[1]}                                | {"p":"\\q"}                         | it is not JSON, at byte
                    {"p":[1]}                                | {"p":01}                            | it is not JSON, at byte
                    {"p":[1]}                                | [1,]                                | it is not JSON, at byte
                    """)
    void aFieldThatIsWrongIsNamed(String part, String replacement, String problem) {
        String json = GOOD.replace(part, replacement);

        assertThat(json).isNotEqualTo(GOOD);
        assertRefused(bytes(json), problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ``         | they are not a JSON object
                    ` `        | they are not a JSON object
                    null       | they are not a JSON object
                    []         | they are not a JSON object
                    "text"     | they are not a JSON object
                    hello      | it is not JSON, at byte 0
                    {}         | message_id is missing or null
                    {          | the JSON ends too early
                    """)
    void bytesOfAnotherKindAreRefused(String json, String problem) {
        assertRefused(bytes(json), problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "1", "]", "x", ",", "\u0000", "\ufeff"})
    void nothingMayFollowTheObject(String more) {
        assertRefused(bytes(GOOD + " " + more), "");
    }

    @Test
    void everyBeginningOfAMessageIsRefused() {
        byte[] good = bytes(GOOD);

        IntStream.range(0, good.length).forEach(length -> assertRefused(Arrays.copyOf(good, length), ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"E9", "C0AF", "E08080", "EDA0BD", "F4908080", "80", "E282"})
    void bytesThatAreNotUtf8AreRefusedWhereverTheyAre(String hex) {
        for (String place : new String[] {"message_id\":\"", "\"p\":[", "\"payload\":", "\"h\":\"", "\"unknown\":\""}) {
            String json = GOOD.replace("{\"message_id", "{\"unknown\":\"x\",\"message_id");
            int at = json.indexOf(place) + place.length();
            ByteArrayOutputStream broken = new ByteArrayOutputStream();
            broken.writeBytes(bytes(json.substring(0, at)));
            broken.writeBytes(HexFormat.of().parseHex(hex));
            broken.writeBytes(bytes(json.substring(at)));

            assertRefused(broken.toByteArray(), "they are not UTF-8, at byte " + at);
        }
    }

    @Test
    void anotherEncodingIsRefused() {
        assertRefused(GOOD.getBytes(UTF_16BE), "");
    }

    @Test
    void aThousandLevelsAreRefused() {
        String deep = "[".repeat(1000) + "]".repeat(1000);

        assertRefused(bytes(GOOD.replace("[1]", deep)), "nesting depth");
        assertRefused(bytes(GOOD.replace("{\"message_id", "{\"unknown\":" + deep + ",\"message_id")), "nesting depth");
    }

    @Test
    void tooManyHeadersAreRefused() {
        String many =
                IntStream.range(0, 65).mapToObj(i -> "\"h" + i + "\":\"v\"").collect(Collectors.joining(",", "{", "}"));

        assertRefused(bytes(GOOD.replace("{\"h\":\"v\"}", many)), "Too many headers");
    }

    private void assertRefused(byte[] bytes, String problem) {
        assertThatThrownBy(() -> codec.decode(bytes))
                .isInstanceOf(PayloadException.class)
                .hasMessageStartingWith("These bytes are not a message: ")
                .hasMessageContaining(problem);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
