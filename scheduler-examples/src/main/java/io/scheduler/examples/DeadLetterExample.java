package io.scheduler.examples;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.DeadLetter;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.infrastructure.MessageQueues;
import io.scheduler.infrastructure.redis.RedisStreamConfig;
import java.time.Duration;
import java.util.List;

/** Gives messages up, looks at them, and puts them back. */
public final class DeadLetterExample {

    private static final QueueName ORDERS = QueueName.of("orders");
    private static final MessageType<Order> PLACE_ORDER = MessageType.of("order.place", Order.class);
    private static final Duration WAIT = Duration.ofSeconds(5);

    /** What the messages of this example hold. */
    private record Order(int number, int quantity) {}

    private DeadLetterExample() {}

    /**
     * Runs the example.
     *
     * @param args none are needed
     */
    public static void main(String[] args) {
        Story story = new Story();
        try (ExampleRedis redis = ExampleRedis.find()) {
            RedisStreamConfig config = redis.config().toBuilder().maxAttempts(3).build();
            try (MessageQueue queue = MessageQueues.redis(config)) {
                reject(story, queue);
                exhaust(story, queue);
                redrive(story, queue);
                queue.delete(ORDERS);
            }
        }
    }

    private static void reject(Story story, MessageQueue queue) {
        story.chapter("An order that makes no sense is rejected: trying again would not help");
        queue.publish(ORDERS, Message.of(PLACE_ORDER, new Order(4711, -2)));
        Delivery delivery = queue.receive(ORDERS, 1, WAIT).get(0);
        Order order = delivery.message().payload(PLACE_ORDER);
        delivery.reject("The quantity is " + order.quantity());
        story.say("%d dead", queue.stats(ORDERS).dead());
    }

    private static void exhaust(Story story, MessageQueue queue) {
        story.chapter("An order that fails three times is given up: maxAttempts is 3 here");
        queue.publish(ORDERS, Message.of(PLACE_ORDER, new Order(4712, 1)));
        for (int i = 1; i <= 3; i++) {
            Delivery delivery = queue.receive(ORDERS, 1, WAIT).get(0);
            story.say("attempt %d fails", delivery.attempt());
            delivery.nack(Duration.ofMillis(50));
        }
    }

    private static void redrive(Story story, MessageQueue queue) {
        story.chapter("The dead letters tell what happened");
        List<DeadLetter> dead = queue.deadLetters(ORDERS, 10);
        for (DeadLetter letter : dead) {
            Order order = letter.message().orElseThrow().payload(PLACE_ORDER);
            story.say("order %d after %d attempts: %s", order.number(), letter.attempts(), letter.reason());
        }

        story.chapter("The second one deserves another chance, the first one does not");
        story.say("%d put back", queue.redrive(ORDERS, List.of(dead.get(1).id())));
        Delivery delivery = queue.receive(ORDERS, 1, WAIT).get(0);
        Order order = delivery.message().payload(PLACE_ORDER);
        story.say("order %d, attempt %d: done, %b", order.number(), delivery.attempt(), delivery.ack());
        story.say("%d removed for good", queue.purgeDeadLetters(ORDERS));
    }
}
