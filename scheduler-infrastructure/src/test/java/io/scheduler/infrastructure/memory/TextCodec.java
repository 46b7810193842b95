package io.scheduler.infrastructure.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.scheduler.core.message.MessageType;
import io.scheduler.core.message.PayloadCodec;
import io.scheduler.core.message.PayloadException;

/** JSON strings of text that needs no escaping; everything else has no form. */
public final class TextCodec implements PayloadCodec {

    @Override
    public <T> byte[] encode(MessageType<T> type, T value) {
        if (!(value instanceof CharSequence)) {
            throw new PayloadException(
                    "there is no JSON form of a " + value.getClass().getSimpleName());
        }
        return ('"' + value.toString() + '"').getBytes(UTF_8);
    }

    @Override
    public <T> T decode(MessageType<T> type, byte[] json) {
        return type.payloadClass().cast(new String(json, 1, json.length - 2, UTF_8));
    }
}
