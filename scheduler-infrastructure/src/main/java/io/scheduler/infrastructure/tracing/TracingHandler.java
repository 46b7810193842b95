package io.scheduler.infrastructure.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.scheduler.core.message.Message;
import io.scheduler.core.worker.HandlerContext;
import io.scheduler.core.worker.MessageHandler;

/**
 * Runs a handler in a span. The names of attributes are those of OpenTelemetry's conventions for messaging, written out
 * here because the artifact that has them as constants is another dependency for five words.
 */
record TracingHandler(Tracer tracer, MessageHandler handler) implements MessageHandler {

    @Override
    public void handle(Message message, HandlerContext context) throws Exception {
        Span span = start(message);
        Scope current = span.makeCurrent();
        try {
            handler.handle(message, context);
        } catch (Throwable e) {
            span.recordException(e);
            span.setAttribute("error.type", e.getClass().getName());
            span.setStatus(StatusCode.ERROR);
            throw e;
        } finally {
            current.close();
            span.end();
        }
    }

    private Span start(Message message) {
        Span span = tracer.spanBuilder(message.type())
                .setSpanKind(SpanKind.CONSUMER)
                .setParent(TraceHeaders.extract(Context.current(), message))
                .setAttribute("messaging.system", "scheduler")
                .setAttribute("messaging.operation.type", "process")
                .setAttribute("messaging.message.id", message.id())
                .setAttribute("scheduler.message.retry_count", message.retryCount())
                .startSpan();
        message.correlationId().ifPresent(id -> span.setAttribute("messaging.message.conversation_id", id));
        return span;
    }
}
