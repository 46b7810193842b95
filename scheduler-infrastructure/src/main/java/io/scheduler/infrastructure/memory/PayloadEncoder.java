package io.scheduler.infrastructure.memory;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.Payload;
import io.scheduler.core.message.PayloadCodec;
import io.scheduler.core.message.PayloadException;
import io.scheduler.core.queue.MessageSerializationException;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueRefusedException;
import java.util.List;

/**
 * Gives a message the form in which it is stored, its payload encoded, or refuses it.
 *
 * @param codec encodes, and decodes what was encoded
 * @param maxPayloadSize how many bytes an encoded payload may have
 */
record PayloadEncoder(PayloadCodec codec, int maxPayloadSize) {

    /**
     * The stored form of a message that is about to be published.
     *
     * @throws MessageSerializationException if its payload has no encoded form
     * @throws QueueRefusedException if that is too large
     */
    Message encode(QueueName queue, Message message) {
        byte[] bytes = encodedPayload(queue, message);
        if (bytes.length > maxPayloadSize) {
            throw new QueueRefusedException(
                    publication(queue, message),
                    "its payload has " + bytes.length + " bytes, allowed are at most " + maxPayloadSize
                            + "; raise maxPayloadSize, or publish a reference to content that is stored elsewhere",
                    null);
        }
        return message.withPayload(Payload.encoded(bytes, codec));
    }

    private byte[] encodedPayload(QueueName queue, Message message) {
        try {
            return message.payload().encode(codec);
        } catch (PayloadException e) {
            throw new MessageSerializationException(publication(queue, message), e.getMessage(), e);
        }
    }

    private static Operation publication(QueueName queue, Message message) {
        return Operation.on("publish", queue, List.of(message));
    }
}
