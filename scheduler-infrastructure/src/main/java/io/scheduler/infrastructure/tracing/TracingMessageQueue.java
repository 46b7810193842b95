package io.scheduler.infrastructure.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.scheduler.core.message.Message;
import io.scheduler.core.queue.ForwardingMessageQueue;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Publishes messages in spans, whose contexts travel with them. */
final class TracingMessageQueue extends ForwardingMessageQueue {

    private final MessageQueue delegate;
    private final MessageSpans spans;

    TracingMessageQueue(MessageQueue delegate, MessageSpans spans) {
        this.delegate = delegate;
        this.spans = spans;
    }

    @Override
    protected MessageQueue delegate() {
        return delegate;
    }

    @Override
    public void publish(QueueName queue, Message message) {
        requireBoth(queue, message);
        Span span = spans.publish(queue, message);
        in(span, () -> delegate.publish(queue, inject(span, message)));
    }

    @Override
    public CompletableFuture<Void> publishAsync(QueueName queue, Message message) {
        requireBoth(queue, message);
        Span span = spans.publish(queue, message);
        Scope current = span.makeCurrent();
        try {
            CompletableFuture<Void> published = delegate.publishAsync(queue, inject(span, message));
            // The caller gets the delegate's own future: what cancelling it means is up to that.
            published.whenComplete((done, failure) -> end(span, Optional.ofNullable(failure)));
            return published;
        } catch (Throwable e) {
            end(span, Optional.of(e));
            throw e;
        } finally {
            current.close();
        }
    }

    @Override
    public void publishAll(QueueName queue, List<Message> messages) {
        Objects.requireNonNull(queue, "queue");
        List<Message> copy = List.copyOf(messages);
        if (copy.isEmpty()) {
            delegate.publishAll(queue, copy);
            return;
        }
        Span span = spans.publish(queue, copy);
        in(
                span,
                () -> delegate.publishAll(
                        queue,
                        copy.stream().map(message -> inject(span, message)).toList()));
    }

    private static void in(Span span, Runnable publication) {
        Scope current = span.makeCurrent();
        try {
            publication.run();
            end(span, Optional.empty());
        } catch (Throwable e) {
            end(span, Optional.of(e));
            throw e;
        } finally {
            current.close();
        }
    }

    private static void end(Span span, Optional<Throwable> failure) {
        failure.ifPresent(e -> MessageSpans.failed(span, e));
        span.end();
    }

    private static Message inject(Span span, Message message) {
        return TraceHeaders.inject(Context.root().with(span), message);
    }

    private static void requireBoth(QueueName queue, Message message) {
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(message, "message");
    }
}
