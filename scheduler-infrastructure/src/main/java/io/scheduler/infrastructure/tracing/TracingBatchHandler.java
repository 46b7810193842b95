package io.scheduler.infrastructure.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.scheduler.core.worker.BatchHandler;
import io.scheduler.core.worker.BatchItem;
import java.util.List;

/** Runs a batch handler in a span. */
record TracingBatchHandler<T>(MessageSpans spans, BatchHandler<T> handler) implements BatchHandler<T> {

    @Override
    public void handle(List<BatchItem<T>> batch) throws Exception {
        Span span = spans.process(batch);
        Scope current = span.makeCurrent();
        try {
            handler.handle(batch);
        } catch (Throwable e) {
            MessageSpans.failed(span, e);
            throw e;
        } finally {
            current.close();
            batch.forEach(item -> item.failure().ifPresent(cause -> MessageSpans.failedAlone(span, item, cause)));
            span.end();
        }
    }
}
