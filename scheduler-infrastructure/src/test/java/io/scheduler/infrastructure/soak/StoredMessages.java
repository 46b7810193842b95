package io.scheduler.infrastructure.soak;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.DeadLetter;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** A queue that stores messages in another form than it hands them out in. */
final class StoredMessages extends BrokenQueue {

    private final UnaryOperator<Message> stored;
    private final UnaryOperator<Message> handedOut;

    StoredMessages(MessageQueue delegate, UnaryOperator<Message> stored, UnaryOperator<Message> handedOut) {
        super(delegate);
        this.stored = stored;
        this.handedOut = handedOut;
    }

    @Override
    public void publish(QueueName queue, Message message) {
        super.publish(queue, stored.apply(message));
    }

    @Override
    public CompletableFuture<Void> publishAsync(QueueName queue, Message message) {
        return super.publishAsync(queue, stored.apply(message));
    }

    @Override
    public void publishAll(QueueName queue, List<Message> messages) {
        super.publishAll(queue, messages.stream().map(stored).toList());
    }

    @Override
    Delivery broken(Delivery delivery) {
        return new BrokenDelivery(delivery) {
            @Override
            public Message message() {
                return handedOut.apply(super.message());
            }
        };
    }

    @Override
    public List<DeadLetter> deadLetters(QueueName queue, String afterId, int max) {
        return super.deadLetters(queue, afterId, max).stream()
                .map(letter -> new DeadLetter(
                        letter.id(),
                        letter.queue(),
                        letter.reason(),
                        letter.diedAt(),
                        letter.attempts(),
                        letter.message().map(handedOut),
                        letter.fields()))
                .toList();
    }
}
