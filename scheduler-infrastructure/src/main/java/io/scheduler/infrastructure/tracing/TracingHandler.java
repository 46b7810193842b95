package io.scheduler.infrastructure.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.scheduler.core.message.Message;
import io.scheduler.core.worker.HandlerContext;
import io.scheduler.core.worker.MessageHandler;

/** Runs a handler in a span. */
record TracingHandler(MessageSpans spans, MessageHandler handler) implements MessageHandler {

    @Override
    public void handle(Message message, HandlerContext context) throws Exception {
        Span span = spans.process(message, context);
        Scope current = span.makeCurrent();
        try {
            handler.handle(message, context);
        } catch (Throwable e) {
            MessageSpans.failed(span, e);
            throw e;
        } finally {
            current.close();
            span.end();
        }
    }
}
