package io.scheduler.core.message;

/**
 * Turns payloads into JSON and back.
 *
 * <p>Implementations are safe for use by several threads. They decode only into the class that the caller names, never
 * into one that the bytes name.
 */
public interface PayloadCodec {

    /**
     * Encodes a value.
     *
     * @param type the type under which it travels
     * @param value the value, never null
     * @param <T> the payload's Java type
     * @return exactly one JSON value, in UTF-8
     * @throws PayloadException if the value has no JSON form, for instance because of a lone surrogate in its text
     */
    <T> byte[] encode(MessageType<T> type, T value);

    /**
     * Decodes a value.
     *
     * @param type the type to decode into
     * @param json one JSON value, in UTF-8
     * @param <T> the payload's Java type
     * @return the value, never null
     * @throws PayloadException if the bytes are not JSON, or not of that type
     */
    <T> T decode(MessageType<T> type, byte[] json);
}
