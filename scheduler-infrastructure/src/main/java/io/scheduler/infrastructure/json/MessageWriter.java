package io.scheduler.infrastructure.json;

import io.scheduler.core.message.Message;
import io.scheduler.infrastructure.text.InstantText;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Writes a message around a payload that is JSON already. By hand, but for the escaping of text: a generator of
 * Jackson's costs several times as much for these few fields, and cannot take bytes in the middle.
 */
final class MessageWriter {

    private static final int TYPICAL_ENVELOPE = 256;

    private MessageWriter() {}

    static byte[] write(Message message, byte[] payload) {
        byte[] envelope = envelope(message).getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[envelope.length + payload.length + 1];
        System.arraycopy(envelope, 0, bytes, 0, envelope.length);
        System.arraycopy(payload, 0, bytes, envelope.length, payload.length);
        bytes[bytes.length - 1] = '}';
        return bytes;
    }

    /** All that comes before the payload. */
    private static String envelope(Message message) {
        StringBuilder json = new StringBuilder(TYPICAL_ENVELOPE).append('{');
        text(json, MessageField.MESSAGE_ID.key(), message.id());
        json.append(',');
        text(json, MessageField.TYPE.key(), message.type());
        json.append(',');
        text(json, MessageField.TIMESTAMP.key(), InstantText.format(message.timestamp()));
        json.append(',');
        name(json, MessageField.RETRY_COUNT.key()).append(message.retryCount()).append(',');
        message.correlationId().ifPresent(id -> {
            text(json, MessageField.CORRELATION_ID.key(), id);
            json.append(',');
        });
        message.notBefore().ifPresent(instant -> {
            text(json, MessageField.NOT_BEFORE.key(), InstantText.format(instant));
            json.append(',');
        });
        if (!message.headers().isEmpty()) {
            headers(json, message.headers());
        }
        return name(json, MessageField.PAYLOAD.key()).toString();
    }

    private static void headers(StringBuilder json, Map<String, String> headers) {
        name(json, MessageField.HEADERS.key());
        char before = '{';
        for (Map.Entry<String, String> header : headers.entrySet()) {
            json.append(before);
            text(json, header.getKey(), header.getValue());
            before = ',';
        }
        json.append("},");
    }

    private static void text(StringBuilder json, String name, String value) {
        name(json, name).append('"');
        JsonStringEncoder.getInstance().quoteAsString(value, json);
        json.append('"');
    }

    /** Names consist of characters that need no escape. */
    private static StringBuilder name(StringBuilder json, String name) {
        return json.append('"').append(name).append("\":");
    }
}
