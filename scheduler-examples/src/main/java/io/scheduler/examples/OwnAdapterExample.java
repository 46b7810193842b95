package io.scheduler.examples;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueStats;
import io.scheduler.examples.jdbc.JdbcMessageQueue;
import io.scheduler.examples.jdbc.JdbcQueueSettings;
import io.scheduler.infrastructure.json.JacksonMessageCodec;
import java.time.Duration;
import org.h2.jdbcx.JdbcConnectionPool;

/** The same queue on another broker: an adapter of one's own, here on a database, which needs no server. */
public final class OwnAdapterExample {

    private static final QueueName INVOICES = QueueName.of("invoices");
    private static final MessageType<Invoice> SEND_INVOICE = MessageType.of("invoice.send", Invoice.class);
    private static final Duration LEASE = Duration.ofMillis(500);

    /** What the messages of this example hold. */
    private record Invoice(int number, String to) {}

    private OwnAdapterExample() {}

    /**
     * Runs the example.
     *
     * @param args none are needed
     */
    public static void main(String[] args) {
        Story story = new Story();
        JdbcConnectionPool database = JdbcConnectionPool.create("jdbc:h2:mem:invoices", "", "");
        JdbcQueueSettings settings = JdbcQueueSettings.DEFAULTS.withLease(LEASE);
        try (MessageQueue queue = new JdbcMessageQueue(database, new JacksonMessageCodec(), settings);
                MessageQueue other = new JdbcMessageQueue(database, new JacksonMessageCodec(), settings)) {
            publish(story, queue);
            receive(story, queue);
            takeOver(story, queue, other);
        } finally {
            database.dispose();
        }
    }

    private static void publish(Story story, MessageQueue queue) {
        story.chapter("Three messages are published, one of them twice");
        for (int number = 1; number <= 3; number++) {
            queue.publish(INVOICES, invoice(number));
        }
        queue.publish(INVOICES, invoice(3));
        story.say("%s", describe(queue.stats(INVOICES)));
        queue.health().details().forEach((name, value) -> story.say("%s: %s", name, value));
    }

    private static void receive(Story story, MessageQueue queue) {
        story.chapter("One is received and acknowledged, one is given up");
        Delivery first = next(queue);
        tell(story, first);
        story.say("acknowledged: %b; once more: %b", first.ack(), first.ack());
        Delivery second = next(queue);
        tell(story, second);
        second.reject("invoice 2 was cancelled");
        story.say("%s", describe(queue.stats(INVOICES)));
    }

    private static void takeOver(Story story, MessageQueue queue, MessageQueue other) {
        story.chapter("A consumer that does not settle loses its lease to another one");
        Delivery lost = next(queue);
        tell(story, lost);
        story.say("%s", describe(queue.stats(INVOICES)));
        Delivery takenOver = next(other);
        tell(story, takenOver);
        story.say("the first one settles: %b", lost.ack());
        story.say("the other one settles: %b", takenOver.ack());
        story.say("%s", describe(queue.stats(INVOICES)));
    }

    private static Message invoice(int number) {
        return Message.builder(SEND_INVOICE, new Invoice(number, "user-" + number + "@example.org"))
                .id("invoice-" + number)
                .build();
    }

    private static Delivery next(MessageQueue queue) {
        return queue.receive(INVOICES, 1, Duration.ofSeconds(5)).get(0);
    }

    private static void tell(Story story, Delivery delivery) {
        Invoice invoice = delivery.message().payload(SEND_INVOICE);
        story.say("attempt %d: invoice %d to %s", delivery.attempt(), invoice.number(), invoice.to());
    }

    private static String describe(QueueStats stats) {
        return String.format("%d ready, %d in flight, %d dead", stats.ready(), stats.inFlight(), stats.dead());
    }
}
