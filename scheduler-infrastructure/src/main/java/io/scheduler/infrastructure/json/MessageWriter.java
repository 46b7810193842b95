package io.scheduler.infrastructure.json;

import io.scheduler.core.message.Message;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes a message around a payload that is JSON already. */
final class MessageWriter {

    private static final int TYPICAL_ENVELOPE = 512;

    private final JsonFactory factory;

    MessageWriter(JsonFactory factory) {
        this.factory = factory;
    }

    byte[] write(Message message, byte[] payload) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(TYPICAL_ENVELOPE + payload.length);
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            writeEnvelope(json, message);
            json.writeName(MessageField.PAYLOAD.key());
            // Bytes cannot be written raw through a generator: it is told of an empty value, and they go around it.
            json.writeRawValue("");
            json.flush();
            bytes.writeBytes(payload);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void writeEnvelope(JsonGenerator json, Message message) {
        json.writeStringProperty(MessageField.MESSAGE_ID.key(), message.id());
        json.writeStringProperty(MessageField.TYPE.key(), message.type());
        json.writeStringProperty(
                MessageField.TIMESTAMP.key(), message.timestamp().toString());
        json.writeNumberProperty(MessageField.RETRY_COUNT.key(), message.retryCount());
        message.correlationId().ifPresent(id -> json.writeStringProperty(MessageField.CORRELATION_ID.key(), id));
        message.notBefore()
                .ifPresent(instant -> json.writeStringProperty(MessageField.NOT_BEFORE.key(), instant.toString()));
        if (!message.headers().isEmpty()) {
            writeHeaders(json, message.headers());
        }
    }

    private static void writeHeaders(JsonGenerator json, Map<String, String> headers) {
        json.writeObjectPropertyStart(MessageField.HEADERS.key());
        headers.forEach(json::writeStringProperty);
        json.writeEndObject();
    }
}
