package io.scheduler.examples;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.worker.RetryPolicy;
import io.scheduler.core.worker.Worker;
import io.scheduler.infrastructure.MessageQueues;
import io.scheduler.infrastructure.metrics.QueueMetrics;
import io.scheduler.infrastructure.metrics.WorkerMetrics;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Measures a queue and its worker, and prints what a monitoring system would be sent. */
public final class MetricsExample {

    private static final QueueName DIVISIONS = QueueName.of("divisions");
    private static final MessageType<Integer> DIVISION = MessageType.of("division", Integer.class);
    private static final int MESSAGES = 5;

    private MetricsExample() {}

    /**
     * Runs the example.
     *
     * @param args none are needed
     * @throws InterruptedException if somebody interrupts it
     */
    public static void main(String[] args) throws InterruptedException {
        Story story = new Story();
        MeterRegistry registry = new SimpleMeterRegistry(); // a program has the one of its monitoring system
        try (ExampleRedis redis = ExampleRedis.find();
                MessageQueue queue = MessageQueues.redis(redis.config())) {
            new QueueMetrics(queue, DIVISIONS).bindTo(registry);

            story.chapter("A worker divides 100 by 0 to 4, and tries what fails once more");
            for (int divisor = 0; divisor < MESSAGES; divisor++) {
                queue.publish(DIVISIONS, Message.of(DIVISION, divisor));
            }
            CountDownLatch attempts = new CountDownLatch(MESSAGES + 1);
            try (Worker worker = Worker.on(queue)
                    .queue(DIVISIONS)
                    .retry(RetryPolicy.fixed(Duration.ofMillis(100), 2))
                    .handle(DIVISION, divisor -> {
                        attempts.countDown();
                        story.say("100 / %d = %d", divisor, 100 / divisor);
                    })
                    .listener(new WorkerMetrics(registry))
                    .start()) {
                attempts.await();
                story.say("healthy: %b", worker.health().isHealthy());
            }

            story.chapter("What was measured");
            registry.getMeters().stream().map(MetricsExample::line).sorted().forEach(line -> story.say("%s", line));
            queue.delete(DIVISIONS);
        }
    }

    private static String line(Meter meter) {
        String tags = meter.getId().getTags().stream()
                .map(tag -> tag.getKey() + "=" + tag.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
        String values = StreamSupport.stream(meter.measure().spliterator(), false)
                .map(measurement -> "%s %.3f".formatted(measurement.getStatistic(), measurement.getValue()))
                .collect(Collectors.joining(", "));
        return meter.getId().getName() + tags + ": " + values;
    }
}
