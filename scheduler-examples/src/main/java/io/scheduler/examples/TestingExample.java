package io.scheduler.examples;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.worker.HandlerContext;
import io.scheduler.core.worker.RetryPolicy;
import io.scheduler.core.worker.Worker;
import io.scheduler.core.worker.WorkerListener;
import io.scheduler.infrastructure.MessageQueues;
import io.scheduler.infrastructure.memory.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Tests handlers without Redis and without waiting: the queue is in memory, and its clock is turned by hand. A real
 * test would say {@code assertThat} where this example says {@code check}.
 */
public final class TestingExample {

    private static final QueueName REMINDERS = QueueName.of("reminders");
    private static final MessageType<String> REMIND = MessageType.of("remind", String.class);
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final Story story = new Story();
    private final ManualClock clock = new ManualClock();
    private final MessageQueue queue = MessageQueues.inMemory(clock);

    /** What the worker has done, in its order. Taking from it waits for the worker, and no longer than that. */
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    private TestingExample() {}

    /**
     * Runs the example.
     *
     * @param args none are needed
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        TestingExample test = new TestingExample();
        Delivery lost = test.somebodyTakesAReminderAndDies();
        try (MessageQueue queue = test.queue;
                Worker worker = Worker.on(queue)
                        .queue(REMINDERS)
                        .retry(RetryPolicy.fixed(Duration.ofMinutes(10), 3))
                        .handleMessage(REMIND, TestingExample::remind)
                        .listener(new Recorder(test.events))
                        .start()) {
            test.theWorkerGetsWhatWasLost(lost);
            test.aReminderComesWhenItIsDue();
            test.aReminderThatFailsComesAgain();
            test.check("the worker is healthy", worker.health().isHealthy());
        }
    }

    /** The handler under test: calls fail at first. */
    private static void remind(Message message, HandlerContext context) throws IOException {
        if (message.payload(REMIND).startsWith("call") && context.attempt() == 1) {
            throw new IOException("The line is busy");
        }
    }

    private Delivery somebodyTakesAReminderAndDies() {
        story.chapter("A lease ends when the clock says so: thirty seconds pass at once");
        queue.publish(REMINDERS, Message.of(REMIND, "buy milk"));
        Delivery lost = queue.receive(REMINDERS, 1, Duration.ZERO).get(0);
        clock.advance(LEASE);
        return lost;
    }

    private void theWorkerGetsWhatWasLost(Delivery lost) throws InterruptedException {
        checkNext("done at attempt 2");
        check("whoever had it before can settle it no more", !lost.ack());
    }

    private void aReminderComesWhenItIsDue() throws InterruptedException {
        story.chapter("A message for tomorrow comes tomorrow");
        Instant tomorrow = clock.instant().plus(Duration.ofDays(1));
        queue.publish(
                REMINDERS,
                Message.builder(REMIND, "water the plants").notBefore(tomorrow).build());
        check("it is delayed", queue.stats(REMINDERS).delayed() == 1);
        clock.advance(Duration.ofDays(1));
        checkNext("done at attempt 1");
    }

    private void aReminderThatFailsComesAgain() throws InterruptedException {
        story.chapter("A handler fails, and is called again after ten minutes");
        queue.publish(REMINDERS, Message.of(REMIND, "call the plumber"));
        checkNext("again in 10 minutes");
        clock.advance(Duration.ofMinutes(10));
        checkNext("done at attempt 2");
        check("nothing is left", queue.size(REMINDERS) == 0);
    }

    private void checkNext(String event) throws InterruptedException {
        check(event, event.equals(events.poll(5, TimeUnit.SECONDS)));
    }

    private void check(String claim, boolean holds) {
        if (!holds) {
            throw new AssertionError("This does not hold: " + claim);
        }
        story.say("checked: %s", claim);
    }

    private record Recorder(BlockingQueue<String> events) implements WorkerListener {

        @Override
        public void onSucceeded(Delivery delivery, Duration took) {
            events.add("done at attempt " + delivery.attempt());
        }

        @Override
        public void onRetried(Delivery delivery, Duration delay) {
            events.add("again in " + delay.toMinutes() + " minutes");
        }
    }
}
