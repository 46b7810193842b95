package io.scheduler.examples;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.infrastructure.MessageQueues;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** Publishes for later, and hands back for later. */
public final class DelayExample {

    private static final QueueName REMINDERS = QueueName.of("reminders");
    private static final MessageType<String> REMINDER = MessageType.of("reminder", String.class);

    private DelayExample() {}

    /**
     * Runs the example.
     *
     * @param args none are needed
     */
    public static void main(String[] args) {
        Story story = new Story();
        try (ExampleRedis redis = ExampleRedis.find();
                MessageQueue queue = MessageQueues.redis(redis.config())) {
            queue.receive(REMINDERS, 1, Duration.ZERO); // connects, so that the times below are those of the queue
            story.chapter("Three reminders, due in 3, 1 and 2 seconds");
            Instant start = Instant.now();
            queue.publishAll(
                    REMINDERS,
                    Stream.of(3, 1, 2)
                            .map(seconds -> Message.builder(REMINDER, "due after " + seconds + " s")
                                    .notBefore(start.plusSeconds(seconds))
                                    .build())
                            .toList());
            story.say("%d are delayed", queue.stats(REMINDERS).delayed());

            story.chapter("They come when they are due, in that order");
            for (int i = 0; i < 3; i++) {
                Delivery delivery = next(queue);
                tell(story, start, delivery);
                if (i < 2) {
                    delivery.ack();
                } else {
                    delivery.nack(Duration.ofMillis(500));
                }
            }

            story.chapter("The last one was handed back for another 500 ms");
            Delivery again = next(queue);
            tell(story, start, again);
            story.say(
                    "attempt %d, retry count %d",
                    again.attempt(), again.message().retryCount());
            again.ack();
            queue.delete(REMINDERS);
        }
    }

    private static Delivery next(MessageQueue queue) {
        return queue.receive(REMINDERS, 1, Duration.ofSeconds(5)).get(0);
    }

    private static void tell(Story story, Instant start, Delivery delivery) {
        long after = Duration.between(start, Instant.now()).toMillis();
        story.say("after %4d ms: %s", after, delivery.message().payload(REMINDER));
    }
}
