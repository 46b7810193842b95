package io.scheduler.core.message;

/**
 * Turns whole messages into one piece of bytes and back, for adapters that store them so.
 *
 * <p>Implementations are safe for use by several threads. Decoding leaves the payload as it is until it is asked for.
 */
public interface MessageCodec {

    /**
     * Encodes a message, its payload included.
     *
     * @param message the message
     * @return its stored form, and how much of that is payload
     * @throws PayloadException if its payload cannot be encoded
     */
    EncodedMessage encode(Message message);

    /**
     * Decodes a message; its payload stays encoded inside.
     *
     * @param bytes the stored form
     * @return the message
     * @throws PayloadException if these bytes are not a message
     */
    Message decode(byte[] bytes);

    /**
     * The codec for the payloads inside.
     *
     * @return the codec, never null
     */
    PayloadCodec payloadCodec();
}
