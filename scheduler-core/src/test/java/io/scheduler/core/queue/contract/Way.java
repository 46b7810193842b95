package io.scheduler.core.queue.contract;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.MessagePublisher;
import io.scheduler.core.queue.QueueName;
import java.util.List;

/** The ways to publish one message. Each returns when it is stored, and throws what the publication failed with. */
enum Way {
    BLOCKING {
        @Override
        void publish(MessagePublisher publisher, QueueName queue, Message message) {
            publisher.publish(queue, message);
        }
    },
    ASYNC {
        @Override
        void publish(MessagePublisher publisher, QueueName queue, Message message) {
            Outcome.of(publisher.publishAsync(queue, message));
        }
    },
    LIST {
        @Override
        void publish(MessagePublisher publisher, QueueName queue, Message message) {
            publisher.publishAll(queue, List.of(message));
        }
    };

    abstract void publish(MessagePublisher publisher, QueueName queue, Message message);
}
