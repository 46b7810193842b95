package io.scheduler.infrastructure.tracing;

import io.opentelemetry.context.Context;
import io.scheduler.core.message.Message;
import io.scheduler.core.queue.ForwardingMessageQueue;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Publishes messages with the trace context of the thread that publishes them. */
final class TracingMessageQueue extends ForwardingMessageQueue {

    private final MessageQueue delegate;

    TracingMessageQueue(MessageQueue delegate) {
        this.delegate = delegate;
    }

    @Override
    protected MessageQueue delegate() {
        return delegate;
    }

    @Override
    public void publish(QueueName queue, Message message) {
        delegate.publish(queue, TraceHeaders.inject(Context.current(), message));
    }

    @Override
    public CompletableFuture<Void> publishAsync(QueueName queue, Message message) {
        return delegate.publishAsync(queue, TraceHeaders.inject(Context.current(), message));
    }

    @Override
    public void publishAll(QueueName queue, List<Message> messages) {
        Context context = Context.current();
        delegate.publishAll(
                queue,
                messages.stream()
                        .map(message -> TraceHeaders.inject(context, message))
                        .toList());
    }
}
