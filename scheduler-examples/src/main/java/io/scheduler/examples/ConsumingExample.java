package io.scheduler.examples;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueStats;
import io.scheduler.infrastructure.MessageQueues;
import io.scheduler.infrastructure.redis.RedisStreamConfig;
import java.time.Duration;
import java.util.List;

/** Receives and settles; and shows what becomes of the messages of a consumer that dies. */
public final class ConsumingExample {

    private static final QueueName EMAILS = QueueName.of("emails");
    private static final MessageType<Email> SEND_EMAIL = MessageType.of("email.send", Email.class);
    private static final Duration LEASE = Duration.ofSeconds(1);

    /** What the messages of this example hold. */
    private record Email(String to, String subject) {}

    private ConsumingExample() {}

    /**
     * Runs the example.
     *
     * @param args none are needed
     */
    public static void main(String[] args) {
        Story story = new Story();
        try (ExampleRedis redis = ExampleRedis.find()) {
            RedisStreamConfig config = redis.config().toBuilder().lease(LEASE).build();
            try (MessageQueue queue = MessageQueues.redis(config)) {
                publish(story, queue);
                receive(story, queue);
                dieAndComeBack(story, config, queue);
                queue.delete(EMAILS);
            }
        }
    }

    private static void publish(Story story, MessageQueue queue) {
        story.chapter("Five messages are published before anybody listens");
        for (int i = 1; i <= 5; i++) {
            queue.publish(EMAILS, Message.of(SEND_EMAIL, new Email("user-" + i + "@example.org", "Hello " + i)));
        }
        story.say("%s", describe(queue.stats(EMAILS)));
    }

    private static void receive(Story story, MessageQueue queue) {
        story.chapter("A consumer takes three of them, and acknowledges them in one call");
        List<Delivery> deliveries = queue.receive(EMAILS, 3, Duration.ofSeconds(5));
        for (Delivery delivery : deliveries) {
            Email email = delivery.message().payload(SEND_EMAIL);
            story.say("attempt %d: \"%s\" to %s", delivery.attempt(), email.subject(), email.to());
        }
        story.say("in flight: %s", describe(queue.stats(EMAILS)));
        queue.ackAll(deliveries);
        story.say("settled:   %s", describe(queue.stats(EMAILS)));
    }

    private static void dieAndComeBack(Story story, RedisStreamConfig config, MessageQueue queue) {
        story.chapter("A consumer takes the other two, settles one, and dies");
        RedisStreamConfig other = config.toBuilder().consumerId("doomed").build();
        Delivery lost;
        try (MessageQueue doomed = MessageQueues.redis(other)) {
            List<Delivery> deliveries = doomed.receive(EMAILS, 2, Duration.ofSeconds(5));
            deliveries.get(0).ack();
            lost = deliveries.get(1);
        }
        story.say("\"%s\" was not settled", lost.message().payload(SEND_EMAIL).subject());

        story.chapter("When its lease of one second has ended, somebody else gets the message");
        Delivery again = queue.receive(EMAILS, 1, Duration.ofSeconds(5)).get(0);
        story.say(
                "attempt %d: \"%s\"",
                again.attempt(), again.message().payload(SEND_EMAIL).subject());
        story.say("acknowledged: %b; once more: %b", again.ack(), again.ack());
        story.say("%s", describe(queue.stats(EMAILS)));
    }

    private static String describe(QueueStats stats) {
        return String.format("%d ready, %d in flight", stats.ready(), stats.inFlight());
    }
}
