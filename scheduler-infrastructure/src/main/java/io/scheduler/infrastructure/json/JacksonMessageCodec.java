package io.scheduler.infrastructure.json;

import io.scheduler.core.message.EncodedMessage;
import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageCodec;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.message.PayloadCodec;
import io.scheduler.core.message.PayloadException;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes a message as one JSON object, and reads it back. Immutable, and safe for use by several threads.
 *
 * <p>The fields, in the order in which they are written: {@code message_id}, {@code type}, {@code timestamp} (ISO-8601,
 * in UTC), {@code retry_count}, {@code correlation_id}, {@code not_before} (ISO-8601, in UTC), {@code headers} (an
 * object of strings), {@code payload} (any JSON value but null). Those that a message does not have are left out.
 *
 * <p>Reading takes the fields in any order, ignores others, takes null for absent, and takes a missing
 * {@code retry_count} for 0. A missing {@code message_id}, {@code type}, {@code timestamp} or {@code payload} is
 * refused, and so is a field or a header that is there twice. The payload is kept as exactly the bytes that it was,
 * until somebody decodes it.
 *
 * <p>What is written has no byte order mark; one at the beginning of what is read is skipped.
 */
public final class JacksonMessageCodec implements MessageCodec {

    /** More than the longest envelope: 64 headers of 8,192 characters, each of which may be a six-byte escape. */
    private static final long LONGEST_ENVELOPE = 4 << 20;

    private static final int BYTE_ORDER_MARK = 3;

    private final JacksonPayloadCodec payloadCodec;
    private final JsonFactory factory;

    /** A codec with the default codec for payloads. */
    public JacksonMessageCodec() {
        this(new JacksonPayloadCodec());
    }

    /**
     * A codec around another.
     *
     * @param payloadCodec the codec for the payloads; what it can read sets the limits for whole messages, too
     */
    public JacksonMessageCodec(JacksonPayloadCodec payloadCodec) {
        this.payloadCodec = Objects.requireNonNull(payloadCodec, "payloadCodec");
        factory = StrictJson.factory(limitsAround(payloadCodec.limits())).build();
    }

    @Override
    public EncodedMessage encode(Message message) {
        byte[] payload = payloadOf(message);
        return new EncodedMessage(MessageWriter.write(message, payload), payload.length);
    }

    @Override
    public Message decode(byte[] bytes) {
        int malformed = Utf8.firstMalformed(bytes);
        if (malformed >= 0) {
            throw new PayloadException("These bytes are not a message: they are not UTF-8, at byte " + malformed);
        }
        int start = Utf8.hasByteOrderMark(bytes) ? BYTE_ORDER_MARK : 0;
        try (JsonParser json = factory.createParser(ObjectReadContext.empty(), bytes, start, bytes.length - start)) {
            return new MessageReader(bytes, start, json, payloadCodec).read();
        } catch (JacksonException e) {
            throw new PayloadException("These bytes are not a message: " + Problem.describe(e), Problem.causeOf(e));
        } catch (IllegalArgumentException e) {
            throw new PayloadException("These bytes are not a message: " + e.getMessage());
        }
    }

    @Override
    public PayloadCodec payloadCodec() {
        return payloadCodec;
    }

    /** The payload's JSON, which is checked unless it was made just now: one wrong byte makes a message unreadable. */
    private byte[] payloadOf(Message message) {
        Witness witness = new Witness(payloadCodec);
        byte[] json = message.payload().encode(witness);
        if (!witness.encoded) {
            payloadCodec.problemIn(json).ifPresent(problem -> {
                throw new PayloadException("The payload of message " + message.id() + " of type '" + message.type()
                        + "' is not one JSON value: " + problem);
            });
        }
        return json;
    }

    private static StreamReadConstraints limitsAround(StreamReadConstraints payload) {
        StreamReadConstraints.Builder limits = payload.rebuild()
                .maxNestingDepth(payload.getMaxNestingDepth() + 1)
                .maxStringLength(Math.max(payload.getMaxStringLength(), Message.MAX_HEADER_LENGTH));
        if (payload.hasMaxDocumentLength()) {
            limits.maxDocumentLength(payload.getMaxDocumentLength() + LONGEST_ENVELOPE);
        }
        return limits.build();
    }

    /** Tells whether a payload had to be encoded, or came as bytes. */
    private static final class Witness implements PayloadCodec {

        private final PayloadCodec codec;
        private boolean encoded;

        Witness(PayloadCodec codec) {
            this.codec = codec;
        }

        @Override
        public <T> byte[] encode(MessageType<T> type, T value) {
            encoded = true;
            return codec.encode(type, value);
        }

        @Override
        public <T> T decode(MessageType<T> type, byte[] json) {
            return codec.decode(type, json);
        }
    }
}
