package io.scheduler.infrastructure.json;

import io.scheduler.core.message.Message;
import io.scheduler.infrastructure.text.InstantText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Writes a message around a payload that is JSON already. By hand, but for the escaping of text: a generator of
 * Jackson's costs several times as much for these few fields, and cannot take bytes in the middle. For one message.
 */
final class MessageWriter {

    private static final byte[] BEGIN = ascii("{");
    private static final byte[] END = ascii("}");
    private static final byte[] COMMA = ascii(",");
    private static final byte[] QUOTE = ascii("\"");
    private static final byte[] ZERO = ascii("0");
    private static final int USUAL_PARTS = 24;

    private final List<byte[]> parts = new ArrayList<>(USUAL_PARTS);

    private MessageWriter() {}

    static byte[] write(Message message, byte[] payload) {
        MessageWriter writer = new MessageWriter();
        writer.envelope(message);
        writer.parts.add(payload);
        writer.parts.add(END);
        return writer.joined();
    }

    /** All that comes before the payload. */
    private void envelope(Message message) {
        parts.add(BEGIN);
        field(MessageField.MESSAGE_ID, message.id());
        field(MessageField.TYPE, message.type());
        field(MessageField.TIMESTAMP, InstantText.format(message.timestamp()));
        parts.add(MessageField.RETRY_COUNT.json());
        parts.add(message.retryCount() == 0 ? ZERO : ascii(Integer.toString(message.retryCount())));
        parts.add(COMMA);
        message.correlationId().ifPresent(id -> field(MessageField.CORRELATION_ID, id));
        message.notBefore().ifPresent(instant -> field(MessageField.NOT_BEFORE, instant.toString()));
        if (!message.headers().isEmpty()) {
            parts.add(MessageField.HEADERS.json());
            headers(message.headers());
        }
        parts.add(MessageField.PAYLOAD.json());
    }

    private void headers(Map<String, String> headers) {
        byte[] before = BEGIN;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            parts.add(before);
            text(header.getKey());
            parts.add(ascii(":"));
            text(header.getValue());
            before = COMMA;
        }
        parts.add(END);
        parts.add(COMMA);
    }

    private void field(MessageField field, String value) {
        parts.add(field.json());
        text(value);
        parts.add(COMMA);
    }

    private void text(String value) {
        parts.add(QUOTE);
        parts.add(
                isPlain(value) ? ascii(value) : JsonStringEncoder.getInstance().quoteAsUTF8(value));
        parts.add(QUOTE);
    }

    /** Whether it stands in JSON as it is, in one byte a character: nearly all text does. */
    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private byte[] joined() {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] joined = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
