package io.scheduler.examples;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.worker.Worker;
import io.scheduler.infrastructure.MessageQueues;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;

/** Kills a worker's process while it works: another worker does what it left. */
public final class CrashExample {

    static final QueueName REPORTS = QueueName.of("reports");
    static final MessageType<Integer> REPORT = MessageType.of("report.write", Integer.class);
    static final Duration LEASE = Duration.ofSeconds(2);

    private CrashExample() {}

    /**
     * Runs the example.
     *
     * @param args none are needed
     * @throws IOException if it cannot start a process
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Story story = new Story();
        try (ExampleRedis redis = ExampleRedis.find();
                MessageQueue queue = MessageQueues.redis(
                        redis.config().toBuilder().lease(LEASE).build())) {
            for (int report = 1; report <= 5; report++) {
                queue.publish(REPORTS, Message.of(REPORT, report));
            }
            story.chapter("Five reports are to be written; a worker begins, in a process of its own");
            Process first = DoomedWorker.start(redis);
            try (BufferedReader lines = first.inputReader()) {
                boolean begun = lines.lines().peek(System.out::println).anyMatch(DoomedWorker::isStuck);
                if (!begun) {
                    throw new IllegalStateException("The first worker ended before it was killed");
                }

                Narrator narrator = new Narrator(story);
                story.chapter("A second one joins, and leaves alone what the first one works on");
                Worker second = Worker.on(queue)
                        .queue(REPORTS)
                        .handle(REPORT, report -> write(story, report))
                        .listener(narrator)
                        .start();
                narrator.await(3);
                story.say(
                        "in flight: %d; its lease has been renewed",
                        queue.stats(REPORTS).inFlight());

                story.chapter("kill -9 ends the first one; after its lease of two seconds the second takes over");
                first.destroyForcibly();
                narrator.await(1);
                second.close();
            } finally {
                first.destroyForcibly();
            }
            story.say("reports left: %d", queue.size(REPORTS));
            queue.delete(REPORTS);
        }
    }

    private static void write(Story story, int report) throws InterruptedException {
        story.say("the second worker begins with report %d", report);
        Thread.sleep(1000);
    }
}
