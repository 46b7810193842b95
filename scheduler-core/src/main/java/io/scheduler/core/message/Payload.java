package io.scheduler.core.message;

import java.util.Arrays;
import java.util.Objects;

/**
 * The content of a message: a Java value that was not encoded yet, or JSON that was not decoded yet.
 *
 * <p>A payload changes its form only when somebody asks: {@link #encode} on the way in, {@link #decode} on the way out.
 * Payloads are immutable as far as the value inside is, and safe for use by several threads. Their {@code toString}
 * never shows content.
 */
public abstract sealed class Payload {

    private Payload() {}

    /**
     * A payload that holds a value to be encoded when the message is published.
     *
     * @param type the type under which it will travel
     * @param value the value, which should not change before it is published
     * @param <T> the payload's Java type
     * @return the payload
     */
    public static <T> Payload of(MessageType<T> type, T value) {
        return new Value<>(type, value);
    }

    /**
     * A payload that holds JSON, as a codec produced it or as it came from a broker.
     *
     * @param json one JSON value in UTF-8; copied
     * @param codec the codec that decodes it when it is asked for
     * @return the payload
     */
    public static Payload encoded(byte[] json, PayloadCodec codec) {
        return new Encoded(json.clone(), codec);
    }

    /**
     * The payload as JSON. What is encoded already is returned as it is, byte for byte.
     *
     * @param codec the codec for a value that is not encoded yet
     * @return one JSON value in UTF-8; the caller's own copy
     * @throws PayloadException if the value cannot be encoded
     */
    public abstract byte[] encode(PayloadCodec codec);

    /**
     * The payload as a value of the given type.
     *
     * @param type the type to decode into; its name is not compared here, {@link Message#payload(MessageType)} does so
     * @param <T> the payload's Java type
     * @return the value
     * @throws PayloadException if the payload is not of that type
     */
    public abstract <T> T decode(MessageType<T> type);

    private static final class Value<T> extends Payload {

        private final MessageType<T> type;
        private final T value;

        Value(MessageType<T> type, T value) {
            this.type = Objects.requireNonNull(type, "type");
            this.value = Objects.requireNonNull(value, "payload");
        }

        @Override
        public byte[] encode(PayloadCodec codec) {
            return codec.encode(type, value);
        }

        @Override
        public <U> U decode(MessageType<U> wanted) {
            if (!wanted.payloadClass().isInstance(value)) {
                throw new PayloadException(
                        "The payload is a " + value.getClass().getName() + ", not a "
                                + wanted.payloadClass().getName());
            }
            return wanted.payloadClass().cast(value);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Value<?> that && type.equals(that.type) && value.equals(that.value);
        }

        @Override
        public int hashCode() {
            return value.hashCode();
        }

        @Override
        public String toString() {
            return "Payload[" + type.payloadClass().getSimpleName() + "]";
        }
    }

    private static final class Encoded extends Payload {

        private final byte[] json;
        private final PayloadCodec codec;

        Encoded(byte[] json, PayloadCodec codec) {
            this.json = json;
            this.codec = Objects.requireNonNull(codec, "codec");
        }

        @Override
        public byte[] encode(PayloadCodec unused) {
            return json.clone();
        }

        @Override
        public <T> T decode(MessageType<T> type) {
            return codec.decode(type, json.clone());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Encoded that && Arrays.equals(json, that.json);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(json);
        }

        @Override
        public String toString() {
            return "Payload[" + json.length + " bytes]";
        }
    }
}
