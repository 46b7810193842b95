package io.scheduler.infrastructure.soak;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueUnavailableException;
import io.scheduler.core.soak.Law;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Mistakes in storing what is published. */
enum PublishingBug implements PlantedBug {
    A_REPEATED_PUBLICATION_IS_STORED_AGAIN(
            Law.ONE_ENTRY,
            sometimes -> queue -> new StoredMessages(
                    queue,
                    message -> withId(message, message.id() + "/" + UUID.randomUUID()),
                    message -> withId(message, message.id().replaceFirst("/.*", "")))),

    A_MESSAGE_FOR_LATER_COMES_AT_ONCE(Law.NEVER_EARLY, sometimes -> {
        Map<String, Message> published = new ConcurrentHashMap<>();
        return queue -> new StoredMessages(
                queue,
                message -> {
                    published.put(message.id(), message);
                    return withNotBefore(message, Optional.empty());
                },
                message -> withNotBefore(message, published.get(message.id()).notBefore()));
    }),

    A_PUBLICATION_THAT_WAS_STORED_IS_CALLED_NOT_DONE(
            Law.NOT_DONE_IS_NOT_DONE,
            sometimes -> queue -> new BrokenQueue(queue) {
                @Override
                public void publish(QueueName name, Message message) {
                    super.publish(name, message);
                    if (sometimes.isNext(5)) {
                        throw new QueueUnavailableException(
                                Operation.on("publish", name, List.of(message)), "no answer", new RuntimeException());
                    }
                }
            }),

    A_PUBLICATION_IS_ACKNOWLEDGED_BEFORE_IT_IS_STORED(
            Law.NOTHING_IS_LOST,
            sometimes -> queue -> new BrokenQueue(queue) {
                @Override
                public void publish(QueueName name, Message message) {
                    if (!sometimes.isNext(20)) {
                        super.publish(name, message);
                    }
                }
            }),

    A_MESSAGE_COMES_FROM_NOWHERE(
            Law.NOTHING_IS_INVENTED,
            sometimes -> queue -> new BrokenQueue(queue) {
                @Override
                public void publish(QueueName name, Message message) {
                    super.publish(name, sometimes.isNext(20) ? withId(message, "stranger-" + message.id()) : message);
                }
            });

    private final Law law;
    private final Planting planting;

    PublishingBug(Law law, Planting planting) {
        this.law = law;
        this.planting = planting;
    }

    @Override
    public Law law() {
        return law;
    }

    @Override
    public UnaryOperator<MessageQueue> plant() {
        return planting.plant(new Sometimes());
    }

    private static Message withId(Message message, String id) {
        return new Message(
                id,
                message.type(),
                message.payload(),
                message.headers(),
                message.timestamp(),
                message.retryCount(),
                message.correlationId(),
                message.notBefore());
    }

    private static Message withNotBefore(Message message, Optional<Instant> notBefore) {
        return new Message(
                message.id(),
                message.type(),
                message.payload(),
                message.headers(),
                message.timestamp(),
                message.retryCount(),
                message.correlationId(),
                notBefore);
    }
}
