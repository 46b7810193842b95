package io.scheduler.core.message;

import java.nio.charset.StandardCharsets;

/**
 * A codec for strings that needs no JSON library: it turns them round, so that the two forms are easy to tell apart.
 */
final class ReversingCodec implements PayloadCodec {

    @Override
    public <T> byte[] encode(MessageType<T> type, T value) {
        return reversed(value.toString()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public <T> T decode(MessageType<T> type, byte[] json) {
        if (type.payloadClass() != String.class) {
            throw new PayloadException("not a " + type.payloadClass().getSimpleName());
        }
        return type.payloadClass().cast(reversed(new String(json, StandardCharsets.UTF_8)));
    }

    private static String reversed(String text) {
        return new StringBuilder(text).reverse().toString();
    }
}
