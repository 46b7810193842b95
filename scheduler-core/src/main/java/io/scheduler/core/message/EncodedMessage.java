package io.scheduler.core.message;

/**
 * A whole message as one piece of bytes.
 *
 * @param bytes what is stored; not copied, so nobody changes it
 * @param payloadSize how many bytes its payload alone has
 */
public record EncodedMessage(byte[] bytes, int payloadSize) {

    /** Tells the sizes, and nothing of the content. */
    @Override
    public String toString() {
        return "EncodedMessage[" + bytes.length + " bytes, payload " + payloadSize + "]";
    }
}
