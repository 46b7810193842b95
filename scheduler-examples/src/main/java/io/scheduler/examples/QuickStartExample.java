package io.scheduler.examples;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.worker.Worker;
import io.scheduler.infrastructure.MessageQueues;
import java.util.concurrent.CountDownLatch;

/** Publishes three messages, and has a worker handle them: the shortest program that does something. */
public final class QuickStartExample {

    /** What the messages of this example hold. */
    private record Email(String to, String subject) {}

    private QuickStartExample() {}

    /**
     * Runs the example.
     *
     * @param args none are needed
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        QueueName emails = QueueName.of("emails");
        MessageType<Email> sendEmail = MessageType.of("email.send", Email.class);
        CountDownLatch sent = new CountDownLatch(3);

        try (ExampleRedis redis = ExampleRedis.find();
                MessageQueue queue = MessageQueues.redis(redis.config())) {
            Worker worker = Worker.on(queue)
                    .queue(emails)
                    .handle(sendEmail, email -> {
                        System.out.printf("Sending \"%s\" to %s%n", email.subject(), email.to());
                        sent.countDown();
                    })
                    .start();

            queue.publish(emails, Message.of(sendEmail, new Email("ada@example.org", "Welcome")));
            queue.publish(emails, Message.of(sendEmail, new Email("grace@example.org", "Your order")));
            queue.publish(emails, Message.of(sendEmail, new Email("linus@example.org", "Your invoice")));

            sent.await();
            worker.close();
            System.out.printf("All sent; %d messages left%n", queue.size(emails));
            queue.delete(emails);
        }
    }
}
