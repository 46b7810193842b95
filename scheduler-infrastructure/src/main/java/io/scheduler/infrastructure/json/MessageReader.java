package io.scheduler.infrastructure.json;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.Payload;
import io.scheduler.core.message.PayloadCodec;
import io.scheduler.infrastructure.text.InstantText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;

/**
 * Reads one message in a single pass, its payload as the bytes that it is. For one use.
 *
 * <p>What breaks the format is an {@link IllegalArgumentException} whose text ends the sentence "these bytes are not a
 * message: …".
 */
final class MessageReader {

    private final byte[] bytes;
    private final int start;
    private final JsonParser json;
    private final PayloadCodec payloadCodec;

    private final Set<MessageField> seen = EnumSet.noneOf(MessageField.class);
    private String id;
    private String type;
    private Instant timestamp;
    private int retryCount;
    private Optional<String> correlationId = Optional.empty();
    private Optional<Instant> notBefore = Optional.empty();
    private Map<String, String> headers = Map.of();
    private Payload payload;

    /**
     * A reader of some bytes.
     *
     * @param bytes what is read
     * @param start where in the bytes the parser begins, as it counts from there
     * @param json a parser of these bytes, before its first token
     * @param payloadCodec what will decode the payload
     */
    MessageReader(byte[] bytes, int start, JsonParser json, PayloadCodec payloadCodec) {
        this.bytes = bytes;
        this.start = start;
        this.json = json;
        this.payloadCodec = payloadCodec;
    }

    Message read() {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("they are not a JSON object");
        }
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            MessageField field = MessageField.named(name);
            if (field == null) {
                json.skipChildren();
            } else if (seen.add(field)) {
                readValue(field);
            } else {
                throw new IllegalArgumentException(field.key() + " is there twice");
            }
        }
        if (json.nextToken() != null) {
            throw new IllegalArgumentException("something follows the JSON object");
        }
        return new Message(
                required(MessageField.MESSAGE_ID, id),
                required(MessageField.TYPE, type),
                required(MessageField.PAYLOAD, payload),
                headers,
                required(MessageField.TIMESTAMP, timestamp),
                retryCount,
                correlationId,
                notBefore);
    }

    private void readValue(MessageField field) {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return; // as if it were not there
        }
        switch (field) {
            case MESSAGE_ID -> id = text(field);
            case TYPE -> type = text(field);
            case TIMESTAMP -> timestamp = instant(field);
            case RETRY_COUNT -> retryCount = count(field);
            case CORRELATION_ID -> correlationId = Optional.of(text(field));
            case NOT_BEFORE -> notBefore = Optional.of(instant(field));
            case HEADERS -> headers = headers();
            case PAYLOAD -> payload = Payload.encoded(slice(), payloadCodec);
        }
    }

    private String text(MessageField field) {
        require(field, JsonToken.VALUE_STRING, "a string");
        return json.getString();
    }

    private Instant instant(MessageField field) {
        String text = text(field);
        try {
            return InstantText.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(field.key() + " is not an instant such as 2026-11-23T10:15:30Z", e);
        }
    }

    private int count(MessageField field) {
        require(field, JsonToken.VALUE_NUMBER_INT, "a whole number");
        try {
            return json.getIntValue();
        } catch (InputCoercionException e) {
            throw new IllegalArgumentException(field.key() + " is out of range", e);
        }
    }

    private Map<String, String> headers() {
        require(MessageField.HEADERS, JsonToken.START_OBJECT, "an object");
        Map<String, String> read = new LinkedHashMap<>();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            if (json.nextToken() != JsonToken.VALUE_STRING) {
                throw new IllegalArgumentException("the value of a header is not a string");
            }
            if (read.put(name, json.getString()) != null) {
                throw new IllegalArgumentException("a header is there twice");
            }
        }
        return read;
    }

    /** The bytes of the current value, from its first to its last. */
    private byte[] slice() {
        int from = (int) json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        json.finishToken();
        int to = (int) json.currentLocation().getByteOffset();
        return Arrays.copyOfRange(bytes, start + from, start + to);
    }

    private void require(MessageField field, JsonToken wanted, String what) {
        if (json.currentToken() != wanted) {
            throw new IllegalArgumentException(field.key() + " is not " + what);
        }
    }

    private static <T> T required(MessageField field, T value) {
        if (value == null) {
            throw new IllegalArgumentException(field.key() + " is missing or null");
        }
        return value;
    }
}
