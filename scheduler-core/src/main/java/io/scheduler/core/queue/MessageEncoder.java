package io.scheduler.core.queue;

import io.scheduler.core.message.EncodedMessage;
import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageCodec;
import io.scheduler.core.message.PayloadException;
import java.util.Objects;

/**
 * For adapters that store a message as one piece: gives it that form before anything is sent, or refuses it. Safe for
 * use by several threads.
 *
 * @param codec encodes
 * @param maxPayloadSize how many bytes an encoded payload may have
 */
public record MessageEncoder(MessageCodec codec, int maxPayloadSize) {

    /** Checks that there is a codec. */
    public MessageEncoder {
        Objects.requireNonNull(codec, "codec");
    }

    /**
     * The stored form of a message that is about to be published.
     *
     * @param queue where to, for the error
     * @param message the message
     * @return its stored form
     * @throws MessageSerializationException if its payload cannot be encoded
     * @throws QueueRefusedException if its payload is too large
     */
    public EncodedMessage encode(QueueName queue, Message message) {
        EncodedMessage encoded;
        try {
            encoded = codec.encode(message);
        } catch (PayloadException e) {
            throw new MessageSerializationException(Operation.on("publish", queue, message), e.getMessage(), e);
        }
        if (encoded.payloadSize() > maxPayloadSize) {
            throw new QueueRefusedException(
                    Operation.on("publish", queue, message),
                    "its payload has " + encoded.payloadSize() + " bytes, allowed are at most " + maxPayloadSize
                            + "; raise maxPayloadSize, or publish a reference to content that is stored elsewhere",
                    null);
        }
        return encoded;
    }
}
