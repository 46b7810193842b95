package io.scheduler.examples.benchmark;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.worker.Worker;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Consumes through the library, with fencing and leases as they are by default. Each consumer has its own connections.
 */
record QueueConsuming(List<MessageQueue> queues) implements AutoCloseable {

    private static final int LIST = 500;
    private static final Duration WAIT = Duration.ofMillis(20);

    static QueueConsuming open(BenchmarkRedis redis, int consumers) {
        return new QueueConsuming(Stream.generate(redis::queue).limit(consumers).toList());
    }

    /** Several consumers receive lists and acknowledge them, until nothing is left. Payloads are not decoded. */
    double receiving(int consumers, int size, int messages) throws Exception {
        QueueName name = filled(messages);
        Iterator<MessageQueue> queue = queues.iterator();
        Countdown left = new Countdown(messages);
        return Threads.rate(consumers, Duration.ofMinutes(1), () -> {
            MessageQueue mine = next(queue);
            return left.until(() -> {
                List<Delivery> deliveries = mine.receive(name, size, WAIT);
                mine.ackAll(deliveries);
                return deliveries.size();
            });
        });
    }

    /** A worker calls a handler that does nothing with the decoded payload, until nothing is left. */
    double working(int concurrency, int prefetch, int messages) throws InterruptedException {
        QueueName name = filled(messages);
        CountDownLatch left = new CountDownLatch(messages);
        long start = System.nanoTime();
        try (Worker worker = Worker.on(queues.get(0))
                .queue(name)
                .handle(Sample.TYPE, order -> left.countDown())
                .concurrency(concurrency)
                .prefetch(prefetch)
                .start()) {
            if (!left.await(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException(worker + " has " + left.getCount() + " messages left");
            }
            return messages * 1e9 / (System.nanoTime() - start);
        }
    }

    private QueueName filled(int messages) {
        QueueName name = Sample.newQueue();
        for (int done = 0; done < messages; done += LIST) {
            queues.get(0).publishAll(name, Sample.messages(Math.min(LIST, messages - done)));
        }
        return name;
    }

    private static synchronized MessageQueue next(Iterator<MessageQueue> queues) {
        return queues.next();
    }

    @Override
    public void close() {
        queues.forEach(MessageQueue::close);
    }
}
