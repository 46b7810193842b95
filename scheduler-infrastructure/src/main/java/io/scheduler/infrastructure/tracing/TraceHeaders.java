package io.scheduler.infrastructure.tracing;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.scheduler.core.message.Message;
import java.util.LinkedHashMap;
import java.util.Map;

/** W3C trace context in the headers of messages. */
final class TraceHeaders {

    private static final TextMapPropagator W3C = W3CTraceContextPropagator.getInstance();
    private static final TextMapGetter<Message> HEADERS =
            (message, name) -> message.headers().get(name);

    private TraceHeaders() {}

    /** The message with a context, as far as it has room for it; one that has a context keeps that. */
    static Message inject(Context context, Message message) {
        if (W3C.fields().stream().anyMatch(message.headers()::containsKey)) {
            return message;
        }
        Map<String, String> headers = new LinkedHashMap<>(message.headers());
        W3C.inject(context, headers, TraceHeaders::putIfThereIsRoom); // traceparent first: alone it is a context too
        return headers.size() == message.headers().size() ? message : withHeaders(message, headers);
    }

    /** The context with the span that a message came from; unchanged if the message has none that can be read. */
    static Context extract(Context context, Message message) {
        return W3C.extract(context, message, HEADERS);
    }

    private static void putIfThereIsRoom(Map<String, String> headers, String name, String value) {
        if (headers.size() < Message.MAX_HEADERS && value.length() <= Message.MAX_HEADER_LENGTH) {
            headers.put(name, value);
        }
    }

    private static Message withHeaders(Message message, Map<String, String> headers) {
        return new Message(
                message.id(),
                message.type(),
                message.payload(),
                headers,
                message.timestamp(),
                message.retryCount(),
                message.correlationId(),
                message.notBefore());
    }
}
