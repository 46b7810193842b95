package io.scheduler.examples;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.DeadLetter;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.worker.Worker;
import io.scheduler.infrastructure.MessageQueues;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Sends messages of several types through one queue: each is decoded into its own record, and reaches its handler. */
public final class TypedPayloadsExample {

    private static final QueueName SHOP = QueueName.of("shop");
    private static final MessageType<Order> ORDER = MessageType.of("order.placed", Order.class);
    private static final MessageType<Payment> PAYMENT = MessageType.of("payment.received", Payment.class);
    private static final MessageType<String> REFUND = MessageType.of("refund.requested", String.class);

    /** Values nest; what may be absent is an {@code Optional}; times are {@code java.time}. */
    private record Order(int number, Customer customer, List<Line> lines, LocalDate deliverOn) {}

    private record Customer(String name, Optional<String> phone) {}

    private record Line(String article, int quantity) {}

    private record Payment(int order, BigDecimal amount, Instant receivedAt, Duration took) {}

    private TypedPayloadsExample() {}

    /**
     * Runs the example.
     *
     * @param args none are needed
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        Story story = new Story();
        Semaphore handled = new Semaphore(0);
        try (ExampleRedis redis = ExampleRedis.find();
                MessageQueue queue = MessageQueues.redis(redis.config())) {
            publish(story, queue);

            story.chapter("One worker has a handler for each of two types");
            Worker worker = Worker.on(queue)
                    .queue(SHOP)
                    .handle(ORDER, order -> {
                        story.say("order %d: %s, by %s", order.number(), order.lines(), order.deliverOn());
                        story.say("   for %s", describe(order.customer()));
                        handled.release();
                    })
                    .handle(PAYMENT, payment -> {
                        story.say("order %d: %s paid in %s", payment.order(), payment.amount(), payment.took());
                        handled.release();
                    })
                    .start();
            handled.acquire(3);
            worker.close();

            story.chapter("The refund had no handler: nobody loses it, and its reason says what to do");
            DeadLetter letter = queue.deadLetters(SHOP, 10).get(0);
            story.say("%s", letter.reason());
            story.say("\"%s\" is still there", letter.message().orElseThrow().payload(REFUND));
            queue.delete(SHOP);
        }
    }

    private static void publish(Story story, MessageQueue queue) {
        story.chapter("Four messages of three types go to one queue");
        Customer ada = new Customer("Ada", Optional.of("+44 20 7946 0000"));
        Customer zoe = new Customer("Zoë", Optional.empty());
        LocalDate monday = LocalDate.of(2026, 11, 23);
        Instant received = Instant.parse("2026-11-20T10:15:30.123Z");
        queue.publishAll(
                SHOP,
                List.of(
                        Message.of(REFUND, "The lamp of order 4700 was broken"),
                        Message.of(ORDER, new Order(4711, ada, List.of(new Line("lamp", 2)), monday)),
                        Message.of(ORDER, new Order(4712, zoe, List.of(new Line("book", 1)), monday.plusDays(1))),
                        Message.of(
                                PAYMENT,
                                new Payment(4711, new BigDecimal("59.90"), received, Duration.ofSeconds(95)))));
        story.say("%d are ready", queue.stats(SHOP).ready());
    }

    private static String describe(Customer customer) {
        return customer.name() + ", "
                + customer.phone().map(phone -> "phone " + phone).orElse("who has no phone");
    }
}
