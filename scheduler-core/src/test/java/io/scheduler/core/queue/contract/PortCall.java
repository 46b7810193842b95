package io.scheduler.core.queue.contract;

import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/** Every call of the port but {@code close}, for rules about all of them. */
enum PortCall {
    PUBLISH("publish", (queue, name) -> queue.publish(name, Messages.any())),
    PUBLISH_ASYNC("publishAsync", (queue, name) -> Outcome.of(queue.publishAsync(name, Messages.any()))),
    PUBLISH_ALL("publishAll", (queue, name) -> queue.publishAll(name, Messages.several(2))),
    RECEIVE("receive", (queue, name) -> queue.receive(name, 1, Duration.ZERO)),
    ACK_ALL("ackAll", (queue, name) -> queue.ackAll(List.of())),
    CREATE("create", MessageQueue::create),
    EXISTS("exists", MessageQueue::exists),
    DELETE("delete", MessageQueue::delete),
    PURGE("purge", MessageQueue::purge),
    STATS("stats", MessageQueue::stats),
    SIZE("size", MessageQueue::size),
    DEAD_LETTERS("deadLetters", (queue, name) -> queue.deadLetters(name, 10)),
    DEAD_LETTERS_AFTER("deadLetters", (queue, name) -> queue.deadLetters(name, "", 10)),
    REDRIVE("redrive", (queue, name) -> queue.redrive(name, 10)),
    REDRIVE_IDS("redrive", (queue, name) -> queue.redrive(name, List.of())),
    PURGE_DEAD_LETTERS("purgeDeadLetters", MessageQueue::purgeDeadLetters),
    HEALTH("health", (queue, name) -> queue.health()),
    HEALTH_OF_A_QUEUE("health", (queue, name) -> queue.health(name));

    private final String method;
    private final BiConsumer<MessageQueue, QueueName> call;

    PortCall(String method, BiConsumer<MessageQueue, QueueName> call) {
        this.method = method;
        this.call = call;
    }

    /** The name of the port's method. */
    String method() {
        return method;
    }

    /** Calls it, waits until it is done, and throws what it failed with. */
    void on(MessageQueue queue, QueueName name) {
        call.accept(queue, name);
    }
}
