package io.scheduler.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {

    private static final MessageType<String> TEXT = MessageType.of("text", String.class);
    private static final MessageType<String> OTHER = MessageType.of("other", String.class);
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    @Test
    void theShortFormHasANewIdAndIsMadeNow() {
        Instant before = Instant.now();
        Message message = Message.of(TEXT, "hello");

        assertThat(message.id()).isNotEqualTo(Message.of(TEXT, "hello").id());
        assertThat(message.type()).isEqualTo("text");
        assertThat(message.payload(TEXT)).isEqualTo("hello");
        assertThat(message.headers()).isEmpty();
        assertThat(message.timestamp()).isBetween(before, Instant.now());
        assertThat(message.retryCount()).isZero();
        assertThat(message.correlationId()).isEmpty();
        assertThat(message.notBefore()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "!", "~", "order/4711", "{id}", "a:b\"c\\d"})
    void anIdIsMadeOfVisibleAscii(String id) {
        assertThat(withId(id).id()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\tb", "a\n", "\u0000", "\u007f", "é", "😀", "\udc00"})
    void anIdIsMadeOfNothingElse(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withId(id))
                .withMessageStartingWith("Invalid message id '")
                .withMessageEndingWith("': allowed are 1 to 200 visible ASCII characters, without spaces");
    }

    @Test
    void anIdHasAtMost200Characters() {
        assertThat(withId("i".repeat(200)).id()).hasSize(200);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withId("i".repeat(201)))
                .withMessageContaining("(201 characters)");
    }

    @Test
    void whatIsInvalidIsShownWithoutWhatCouldForgeALogLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withId("a\nb\u0000\u001b\u2028\u202e\ud800"))
                .withMessageContaining("'a\\u000ab\\u0000\\u001b\\u2028\\u202e\\ud800'");
    }

    @Test
    void aCorrelationIdIsAnyUnicodeOfUpTo200Characters() {
        String longest = "\u0000 é😀" + "c".repeat(195);

        assertThat(withCorrelationId(longest).correlationId())
                .contains(longest)
                .get()
                .matches(c -> c.length() == 200);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withCorrelationId(longest + "c"))
                .withMessage("Invalid correlationId of 201 characters: allowed are 1 to 200");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withCorrelationId(""))
                .withMessage("Invalid correlationId of 0 characters: allowed are 1 to 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab\ud800", "ab\udc00", "ab\ud800\ud800\udc00", "ab\udc00\ud800"})
    void aLoneSurrogateIsRefusedWithItsPlace(String broken) {
        String character = Integer.toHexString(broken.charAt(2)).toUpperCase(Locale.ROOT);
        String complaint =
                " has a lone surrogate (U+" + character + ") at index 2; only well-formed Unicode can be stored";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> withCorrelationId(broken))
                .withMessage("The correlationId" + complaint);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withHeaders(Map.of("name", broken)))
                .withMessage("The value of header 'name'" + complaint);
    }

    @Test
    void instantsLieBetweenTheYears1And9999() {
        Message first = at(FIRST, FIRST);
        Message last = at(LAST, LAST);

        assertThat(first.timestamp()).isEqualTo(FIRST);
        assertThat(last.notBefore()).contains(LAST);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> at(FIRST.minusNanos(1), FIRST))
                .withMessage("Invalid timestamp 0000-12-31T23:59:59.999999999Z:"
                        + " allowed are instants from year 1 to year 9999");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> at(LAST, LAST.plusNanos(1)))
                .withMessageStartingWith("Invalid notBefore +10000-01-01T00:00:00Z");
        assertThatIllegalArgumentException().isThrownBy(() -> at(Instant.MAX, FIRST));
        assertThatIllegalArgumentException().isThrownBy(() -> at(FIRST, Instant.MIN));
    }

    @Test
    void aRetryCountIsNotNegative() {
        assertThat(withRetryCount(0).retryCount()).isZero();
        assertThat(withRetryCount(Integer.MAX_VALUE).retryCount()).isEqualTo(Integer.MAX_VALUE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withRetryCount(-1))
                .withMessage("Invalid retryCount -1: it cannot be negative");
    }

    @Test
    void theTypeHasTheNameOfAMessageType() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Message("id", "no type", text("a"), Map.of(), FIRST, 0, Optional.empty(), Optional.empty()))
                .withMessageStartingWith("Invalid message type name 'no type'");
    }

    @Test
    void noPartIsNull() {
        Optional<String> noCorrelation = Optional.empty();
        Optional<Instant> atOnce = Optional.empty();
        Payload payload = text("a");

        assertThatNullPointerException()
                .isThrownBy(() -> new Message(null, "t", payload, Map.of(), FIRST, 0, noCorrelation, atOnce))
                .withMessage("id");
        assertThatNullPointerException()
                .isThrownBy(() -> new Message("i", null, payload, Map.of(), FIRST, 0, noCorrelation, atOnce))
                .withMessage("type name");
        assertThatNullPointerException()
                .isThrownBy(() -> new Message("i", "t", null, Map.of(), FIRST, 0, noCorrelation, atOnce))
                .withMessage("payload");
        assertThatNullPointerException()
                .isThrownBy(() -> new Message("i", "t", payload, null, FIRST, 0, noCorrelation, atOnce))
                .withMessage("headers");
        assertThatNullPointerException()
                .isThrownBy(() -> new Message("i", "t", payload, Map.of(), null, 0, noCorrelation, atOnce))
                .withMessage("timestamp");
        assertThatNullPointerException()
                .isThrownBy(() -> new Message("i", "t", payload, Map.of(), FIRST, 0, null, atOnce))
                .withMessage("correlationId");
        assertThatNullPointerException()
                .isThrownBy(() -> new Message("i", "t", payload, Map.of(), FIRST, 0, noCorrelation, null))
                .withMessage("notBefore");
    }

    @Test
    void aPayloadIsReadOnlyAsTheTypeThatItTravelsUnder() {
        Message message = withId("4711");

        assertThat(message.payload(TEXT)).isEqualTo("payload");
        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> message.payload(OTHER))
                .withMessage("Message 4711 is of type 'text', not 'other'");
    }

    @Test
    void aPayloadThatCannotBeReadIsToldWithItsMessage() {
        Message message = withId("4711");

        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> message.payload(MessageType.of("text", Integer.class)))
                .withMessage("Message 4711 of type 'text' cannot be read:"
                        + " The payload is a java.lang.String, not a java.lang.Integer")
                .withCauseInstanceOf(PayloadException.class);
    }

    @Test
    void anotherPayloadLeavesEverythingElseAlike() {
        Message message = new Message(
                "id", "text", text("a"), Map.of("h", "v"), FIRST, 7, Optional.of("order-7"), Optional.of(LAST));

        assertThat(message.withPayload(text("b")))
                .isEqualTo(new Message(
                        "id", "text", text("b"), Map.of("h", "v"), FIRST, 7, Optional.of("order-7"), Optional.of(LAST)))
                .isNotEqualTo(message);
    }

    @Test
    void toStringShowsNeitherThePayloadNorTheValuesOfHeaders() {
        Message message = Message.builder(TEXT, "s3cr3t payload")
                .id("4711")
                .header("authorization", "s3cr3t token")
                .correlationId("order-7")
                .timestamp(FIRST)
                .notBefore(LAST)
                .build();

        assertThat(message.toString())
                .doesNotContain("s3cr3t")
                .isEqualTo("Message[id=4711, type=text, payload=Payload[String], headers=[authorization],"
                        + " timestamp=0001-01-01T00:00:00Z, retryCount=0, correlationId='order-7',"
                        + " notBefore=9999-12-31T23:59:59.999999999Z]");
    }

    private static Payload text(String value) {
        return Payload.of(TEXT, value);
    }

    private static Message withId(String id) {
        return Message.builder(TEXT, "payload").id(id).build();
    }

    private static Message withCorrelationId(String correlationId) {
        return Message.builder(TEXT, "payload").correlationId(correlationId).build();
    }

    private static Message withHeaders(Map<String, String> headers) {
        return new Message("id", "text", text("a"), headers, FIRST, 0, Optional.empty(), Optional.empty());
    }

    private static Message withRetryCount(int retryCount) {
        return new Message("id", "text", text("a"), Map.of(), FIRST, retryCount, Optional.empty(), Optional.empty());
    }

    private static Message at(Instant timestamp, Instant notBefore) {
        return new Message("id", "text", text("a"), Map.of(), timestamp, 0, Optional.empty(), Optional.of(notBefore));
    }
}
