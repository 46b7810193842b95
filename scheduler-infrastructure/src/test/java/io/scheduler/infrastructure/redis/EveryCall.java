package io.scheduler.infrastructure.redis;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Every call that asks something of Redis, on a queue of which a message is held. */
enum EveryCall {
    PUBLISH((queue, name, held) -> queue.publish(name, note())),
    PUBLISH_ASYNC((queue, name, held) -> {
        try {
            queue.publishAsync(name, note()).join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }),
    PUBLISH_ALL((queue, name, held) -> queue.publishAll(name, List.of(note(), note()))),
    RECEIVE((queue, name, held) -> queue.receive(name, 1, Duration.ofSeconds(60))),
    RECEIVE_WHAT_IS_THERE((queue, name, held) -> queue.receive(name, 1, Duration.ZERO)),
    ACK((queue, name, held) -> held.ack()),
    ACK_ALL((queue, name, held) -> queue.ackAll(List.of(held))),
    NACK((queue, name, held) -> held.nack()),
    NACK_WITH_DELAY((queue, name, held) -> held.nack(Duration.ofHours(1))),
    REJECT((queue, name, held) -> held.reject("of no use")),
    EXTEND_LEASE((queue, name, held) -> held.extendLease()),
    CREATE((queue, name, held) -> queue.create(name)),
    EXISTS((queue, name, held) -> queue.exists(name)),
    DELETE((queue, name, held) -> queue.delete(name)),
    PURGE((queue, name, held) -> queue.purge(name)),
    STATS((queue, name, held) -> queue.stats(name)),
    DEAD_LETTERS((queue, name, held) -> queue.deadLetters(name, 10)),
    REDRIVE((queue, name, held) -> queue.redrive(name, 10)),
    REDRIVE_SOME((queue, name, held) -> queue.redrive(name, List.of("1-1"))),
    PURGE_DEAD_LETTERS((queue, name, held) -> queue.purgeDeadLetters(name)),
    HEALTH((queue, name, held) -> queue.health());

    private final Call call;

    EveryCall(Call call) {
        this.call = call;
    }

    /** Makes it, and throws what it failed with. */
    void on(MessageQueue queue, QueueName name, Delivery held) {
        call.on(queue, name, held);
    }

    private interface Call {
        void on(MessageQueue queue, QueueName name, Delivery held);
    }

    private static Message note() {
        return Message.of(MessageType.of("note", String.class), "x");
    }
}
