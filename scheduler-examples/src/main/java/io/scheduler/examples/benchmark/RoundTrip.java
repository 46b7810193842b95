package io.scheduler.examples.benchmark;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Publishes a number of messages and consumes as many, each at its own rate: what waited before waits afterwards.
 *
 * @param messages how many
 */
record RoundTrip(MessageQueue queue, int messages) {

    static final String PUBLISHING = "publishAsync";
    static final String CONSUMING = "receive + ackAll";

    private static final int IN_FLIGHT = 2_000;
    private static final int LIST = 500;
    private static final Duration WAIT = Duration.ofSeconds(5);

    void warmUp() throws InterruptedException {
        run(Sample.newQueue());
        run(Sample.newQueue());
    }

    Map<String, Double> run(QueueName name) throws InterruptedException {
        return run(List.of(name), messages, Sample::message);
    }

    /** The same, with messages that go to several queues in turns. */
    Map<String, Double> run(List<QueueName> names, int count, Supplier<Message> message) throws InterruptedException {
        Map<String, Double> rates = new LinkedHashMap<>();
        rates.put(PUBLISHING, publish(names, count, message));
        rates.put(CONSUMING, consume(names, count));
        return rates;
    }

    double publish(List<QueueName> names, int count, Supplier<Message> message) throws InterruptedException {
        int[] next = {0};
        long start = System.nanoTime();
        InFlight.repeat(IN_FLIGHT, count, () -> queue.publishAsync(names.get(next[0]++ % names.size()), message.get()));
        return count * 1e9 / (System.nanoTime() - start);
    }

    double consume(List<QueueName> names, int count) {
        long start = System.nanoTime();
        int consumed = 0;
        for (int i = 0; consumed < count; i++) {
            QueueName name = names.get(i % names.size());
            int share = count / names.size();
            List<Delivery> deliveries = queue.receive(name, Math.max(1, Math.min(LIST, share)), WAIT);
            if (deliveries.isEmpty()) {
                throw new IllegalStateException((count - consumed) + " messages are missing in " + name);
            }
            queue.ackAll(deliveries);
            consumed += deliveries.size();
        }
        return count * 1e9 / (System.nanoTime() - start);
    }

    /** Adds messages, in lists. */
    void fill(QueueName name, int count, Supplier<Message> message) {
        for (int done = 0; done < count; done += LIST) {
            queue.publishAll(
                    name,
                    Stream.generate(message).limit(Math.min(LIST, count - done)).toList());
        }
    }
}
