package io.scheduler.examples.benchmark;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.infrastructure.MessageQueues;
import io.scheduler.infrastructure.redis.RedisStreamConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Shows what is left when many messages have gone through a queue: prints the memory of its Redis keys and of this JVM
 * before, while a thousand messages wait, and after. The number of messages is the first argument, a million by
 * default.
 */
public final class MemoryBenchmark {

    private static final QueueName NUMBERS = QueueName.of("numbers");
    private static final MessageType<Integer> NUMBER = MessageType.of("number", Integer.class);
    private static final int BATCH = 1_000;
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final Duration WAIT = Duration.ofSeconds(5);

    private MemoryBenchmark() {}

    /**
     * Runs the benchmark.
     *
     * @param args how many messages; a million if there are none
     * @throws IOException if Redis cannot be asked
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        int total = args.length == 0 ? 1_000_000 : Integer.parseInt(args[0]);
        try (BenchmarkRedis redis = BenchmarkRedis.start()) {
            // Ids are kept for up to three windows: short ones, so that this need not wait for long.
            RedisStreamConfig config = redis.config().toBuilder()
                    .maxRetryAttempts(1)
                    .deduplicationWindow(WINDOW)
                    .build();
            try (MessageQueue queue = MessageQueues.redis(config)) {
                pass(queue, 20 * BATCH);
                print("| | Redis keys | JVM heap in use |");
                print("|---|---|---|");
                TimeUnit.MILLISECONDS.sleep(3 * WINDOW.toMillis() + 500);
                report("before", redis);

                publish(queue, BATCH);
                report(BATCH + " messages wait", redis);
                consume(queue, BATCH);

                long start = System.nanoTime();
                pass(queue, total);
                double seconds = (System.nanoTime() - start) / 1e9;
                report("all " + total + " acknowledged", redis);
                TimeUnit.MILLISECONDS.sleep(3 * WINDOW.toMillis() + 500);
                report("and their ids forgotten", redis);
                print(String.format("%n%d messages published and acknowledged in %.1f s", total, seconds));
                queue.delete(NUMBERS);
            }
        }
    }

    private static void pass(MessageQueue queue, int total) {
        for (int done = 0; done < total; done += BATCH) {
            publish(queue, BATCH);
            consume(queue, BATCH);
        }
    }

    private static void publish(MessageQueue queue, int count) {
        List<Message> messages = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            messages.add(Message.of(NUMBER, i));
        }
        queue.publishAll(NUMBERS, messages);
    }

    private static void consume(MessageQueue queue, int count) {
        for (int left = count; left > 0; ) {
            List<Delivery> deliveries = queue.receive(NUMBERS, Math.min(left, BATCH), WAIT);
            queue.ackAll(deliveries);
            left -= deliveries.size();
        }
    }

    private static void report(String when, BenchmarkRedis redis) throws IOException {
        long bytes = redis.memoryOfKeys();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        long heap = runtime.totalMemory() - runtime.freeMemory();
        print(String.format("| %s | %,d bytes | %.1f MiB |", when, bytes, heap / 1048576.0));
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
