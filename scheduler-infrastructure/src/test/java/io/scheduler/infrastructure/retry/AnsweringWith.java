package io.scheduler.infrastructure.retry;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.ForwardingMessageQueue;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import java.util.concurrent.CompletableFuture;

/** A queue whose publications end as one future does. */
final class AnsweringWith extends ForwardingMessageQueue {

    private final MessageQueue delegate;
    private final CompletableFuture<Void> answer;

    AnsweringWith(MessageQueue delegate, CompletableFuture<Void> answer) {
        this.delegate = delegate;
        this.answer = answer;
    }

    @Override
    protected MessageQueue delegate() {
        return delegate;
    }

    @Override
    public CompletableFuture<Void> publishAsync(QueueName queue, Message message) {
        return answer;
    }
}
