package io.scheduler.core.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;

class PayloadTest {

    private static final MessageType<String> TEXT = MessageType.of("text", String.class);
    private static final MessageType<Integer> NUMBER = MessageType.of("number", Integer.class);
    private static final MessageType<CharSequence> CHARACTERS = MessageType.of("characters", CharSequence.class);

    private final PayloadCodec codec = new ReversingCodec();

    @Test
    void aValueIsEncodedByTheCodecThatIsGiven() {
        assertThat(Payload.of(TEXT, "abc").encode(codec)).isEqualTo(bytes("cba"));
    }

    @Test
    void aValueIsReturnedAsItIs() {
        String value = new String("abc");

        assertThat(Payload.of(TEXT, value).decode(TEXT)).isSameAs(value);
        assertThat(Payload.of(TEXT, value).decode(CHARACTERS)).isSameAs(value);
    }

    @Test
    void aValueOfAnotherClassIsNamedByItsClassAlone() {
        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> Payload.of(TEXT, "secret").decode(NUMBER))
                .withMessage("The payload is a java.lang.String, not a java.lang.Integer");
    }

    @Test
    void whatIsEncodedAlreadyIsReturnedByteForByte() {
        byte[] notEvenText = {0, -1, 127, -128};

        assertThat(Payload.encoded(notEvenText, codec).encode(codec)).isEqualTo(notEvenText);
    }

    @Test
    void whatIsEncodedIsDecodedByItsOwnCodecOnEachCall() {
        Payload payload = Payload.encoded(bytes("cba"), codec);

        assertThat(payload.decode(TEXT)).isEqualTo("abc").isNotSameAs(payload.decode(TEXT));
        assertThatExceptionOfType(PayloadException.class)
                .isThrownBy(() -> payload.decode(NUMBER))
                .withMessage("not a Integer");
    }

    @Test
    void bytesAreCopiedOnTheWayInAndOnTheWayOut() {
        byte[] given = bytes("cba");
        Payload payload = Payload.encoded(given, codec);

        given[0] = 'X';
        payload.encode(codec)[0] = 'Y';

        assertThat(payload.encode(codec)).isEqualTo(bytes("cba"));
    }

    @Test
    void aCodecCannotChangeThePayloadItDecodes() {
        PayloadCodec scribbler = new PayloadCodec() {
            @Override
            public <T> byte[] encode(MessageType<T> type, T value) {
                return new byte[0];
            }

            @Override
            public <T> T decode(MessageType<T> type, byte[] json) {
                json[0] = 'X';
                return type.payloadClass().cast("decoded");
            }
        };
        Payload payload = Payload.encoded(bytes("cba"), scribbler);

        assertThat(payload.decode(TEXT)).isEqualTo("decoded");

        assertThat(payload.encode(codec)).isEqualTo(bytes("cba"));
    }

    @Test
    void payloadsAreEqualByContentWithinOneForm() {
        assertThat(Payload.of(TEXT, "a"))
                .isEqualTo(Payload.of(TEXT, new String("a")))
                .hasSameHashCodeAs(Payload.of(TEXT, new String("a")))
                .isNotEqualTo(Payload.of(TEXT, "b"))
                .isNotEqualTo(Payload.of(CHARACTERS, "a"))
                .isNotEqualTo(Payload.encoded(bytes("a"), codec));
        assertThat(Payload.encoded(bytes("a"), codec))
                .isEqualTo(Payload.encoded(bytes("a"), new ReversingCodec()))
                .hasSameHashCodeAs(Payload.encoded(bytes("a"), codec))
                .isNotEqualTo(Payload.encoded(bytes("b"), codec));
    }

    @Test
    void toStringTellsTheFormAndNoContent() {
        assertThat(Payload.of(TEXT, "secret")).hasToString("Payload[String]");
        assertThat(Payload.encoded(bytes("secret"), codec)).hasToString("Payload[6 bytes]");
    }

    @Test
    void noPartIsNull() {
        assertThatNullPointerException()
                .isThrownBy(() -> Payload.of(TEXT, null))
                .withMessage("payload");
        assertThatNullPointerException().isThrownBy(() -> Payload.of(null, "a")).withMessage("type");
        assertThatNullPointerException().isThrownBy(() -> Payload.encoded(null, codec));
        assertThatNullPointerException()
                .isThrownBy(() -> Payload.encoded(bytes("a"), null))
                .withMessage("codec");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
