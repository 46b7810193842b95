package io.scheduler.infrastructure.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.scheduler.core.message.Message;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.worker.BatchItem;
import io.scheduler.core.worker.HandlerContext;
import java.util.List;

/**
 * Spans of publications and of handlers. Names and attributes are those of OpenTelemetry's conventions for messaging,
 * written out here because the artifact that has them as constants is another dependency for ten words.
 */
record MessageSpans(Tracer tracer) {

    /** Below the current span; linked to the context that the message has already, if it has one. */
    Span publish(QueueName queue, Message message) {
        SpanBuilder span = publishing(queue);
        SpanContext own = contextOf(message);
        if (own.isValid()) {
            span.addLink(own);
        }
        return describe(span, message).startSpan();
    }

    Span publish(QueueName queue, List<Message> messages) {
        return publishing(queue)
                .setAttribute("messaging.batch.message_count", messages.size())
                .startSpan();
    }

    /** Below the span of the publication. */
    Span process(Message message, HandlerContext context) {
        SpanBuilder span = span("process", "process", context.queue(), SpanKind.CONSUMER)
                .setParent(TraceHeaders.extract(Context.current(), message))
                .setAttribute("scheduler.message.attempt", context.attempt());
        return describe(span, message).startSpan();
    }

    /** Linked to the span of each publication: a span has one parent, and the messages of a batch have many. */
    Span process(List<? extends BatchItem<?>> batch) {
        BatchItem<?> first = batch.get(0);
        SpanBuilder span = span("process", "process", first.context().queue(), SpanKind.CONSUMER)
                .setAttribute("messaging.batch.message_count", batch.size())
                .setAttribute("scheduler.message.type", first.message().type());
        for (BatchItem<?> item : batch) {
            SpanContext publication = contextOf(item.message());
            if (publication.isValid()) {
                span.addLink(publication, ofItem(item));
            }
        }
        return span.startSpan();
    }

    static void failedAlone(Span span, BatchItem<?> item, Throwable failure) {
        span.recordException(failure, ofItem(item));
    }

    static void failed(Span span, Throwable failure) {
        span.recordException(failure);
        span.setAttribute("error.type", failure.getClass().getName());
        span.setStatus(StatusCode.ERROR);
    }

    private static SpanContext contextOf(Message message) {
        return Span.fromContext(TraceHeaders.extract(Context.root(), message)).getSpanContext();
    }

    private static Attributes ofItem(BatchItem<?> item) {
        AttributesBuilder attributes = Attributes.builder()
                .put("messaging.message.id", item.message().id())
                .put("scheduler.message.attempt", item.context().attempt());
        item.message().correlationId().ifPresent(id -> attributes.put("messaging.message.conversation_id", id));
        return attributes.build();
    }

    private SpanBuilder publishing(QueueName queue) {
        return span("publish", "send", queue, SpanKind.PRODUCER);
    }

    private SpanBuilder span(String operation, String type, QueueName queue, SpanKind kind) {
        return tracer.spanBuilder(operation + " " + queue)
                .setSpanKind(kind)
                .setAttribute("messaging.system", "scheduler")
                .setAttribute("messaging.operation.name", operation)
                .setAttribute("messaging.operation.type", type)
                .setAttribute("messaging.destination.name", queue.value());
    }

    private static SpanBuilder describe(SpanBuilder span, Message message) {
        message.correlationId().ifPresent(id -> span.setAttribute("messaging.message.conversation_id", id));
        return span.setAttribute("messaging.message.id", message.id())
                .setAttribute("scheduler.message.type", message.type());
    }
}
