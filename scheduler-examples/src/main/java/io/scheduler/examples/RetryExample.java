package io.scheduler.examples;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.worker.HandlerContext;
import io.scheduler.core.worker.RejectMessageException;
import io.scheduler.core.worker.RetryLaterException;
import io.scheduler.core.worker.RetryPolicy;
import io.scheduler.core.worker.Worker;
import io.scheduler.infrastructure.MessageQueues;
import java.io.IOException;
import java.time.Duration;

/** Lets handlers fail in every way they can, and shows what becomes of their messages. */
public final class RetryExample {

    private static final QueueName CALLS = QueueName.of("calls");
    private static final MessageType<String> FLAKY = MessageType.of("call.flaky", String.class);
    private static final MessageType<String> HOPELESS = MessageType.of("call.hopeless", String.class);
    private static final MessageType<String> WRONG = MessageType.of("call.wrong", String.class);
    private static final MessageType<String> BUSY = MessageType.of("call.busy", String.class);

    /** Milliseconds, so that the story is short; by default it is seconds and minutes. */
    private static final RetryPolicy QUICK = RetryPolicy.exponential(Duration.ofMillis(50), Duration.ofMillis(400), 5);

    private static final RetryPolicy TWICE = RetryPolicy.fixed(Duration.ofMillis(100), 2);

    private RetryExample() {}

    /**
     * Runs the example.
     *
     * @param args none are needed
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        Story story = new Story();
        Narrator narrator = new Narrator(story);
        try (ExampleRedis redis = ExampleRedis.find();
                MessageQueue queue = MessageQueues.redis(redis.config())) {
            Worker worker = Worker.on(queue)
                    .queue(CALLS)
                    .retry(QUICK)
                    .handleMessage(FLAKY, RetryExample::failTwice)
                    .handle(HOPELESS, TWICE, number -> {
                        throw new IOException("Nobody answers at " + number);
                    })
                    .handle(WRONG, number -> {
                        throw new RejectMessageException("'" + number + "' is no number");
                    })
                    .handleMessage(BUSY, RetryExample::callBackOnce)
                    .listener(narrator)
                    .start();

            story.chapter("A handler that throws is called again, after a time that doubles, give or take a quarter");
            queue.publish(CALLS, Message.of(FLAKY, "555-0101"));
            narrator.await(1);

            story.chapter("A type can have a policy of its own: this one gives up after two attempts");
            queue.publish(CALLS, Message.of(HOPELESS, "555-0102"));
            narrator.await(1);

            story.chapter("A handler that knows that trying again is useless rejects the message");
            queue.publish(CALLS, Message.of(WRONG, "five five five"));
            narrator.await(1);

            story.chapter("A handler that knows when to try again says so");
            queue.publish(CALLS, Message.of(BUSY, "555-0104"));
            narrator.await(1);

            story.chapter("What was given up waits among the dead letters");
            queue.deadLetters(CALLS, 10).forEach(letter -> story.say("%s", letter.reason()));
            worker.close();
            queue.delete(CALLS);
        }
    }

    /** The context tells which attempt this is. */
    private static void failTwice(Message message, HandlerContext context) throws IOException {
        if (context.attempt() < 3) {
            throw new IOException("No line to " + message.payload(FLAKY));
        }
    }

    private static void callBackOnce(Message message, HandlerContext context) {
        if (context.attempt() == 1) {
            throw new RetryLaterException(Duration.ofMillis(300));
        }
    }
}
