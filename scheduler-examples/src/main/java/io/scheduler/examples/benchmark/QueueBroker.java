package io.scheduler.examples.benchmark;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.List;

/** The library, with deduplication, fencing and leases as they are by default. */
record QueueBroker(MessageQueue publisher, MessageQueue consumer) implements Broker {

    static final Names NAMES = new Names("publishAsync", "receive + ackAll", "publishAsync and receive at once");

    private static final int LIST = 500;
    private static final Duration WAIT = Duration.ofMillis(200);

    static QueueBroker on(BenchmarkRedis redis) {
        return new QueueBroker(redis.queue(), redis.queue());
    }

    @Override
    public Names names() {
        return NAMES;
    }

    @Override
    public Role role() {
        return Role.OURS;
    }

    @Override
    public String note() {
        return "Redis writes its append-only file (`appendfsync everysec`).";
    }

    @Override
    public Queue open() {
        return new Opened(publisher, consumer, Sample.newQueue());
    }

    @Override
    public MessagePath path() {
        return new QueuePath(publisher, consumer);
    }

    @Override
    public void close() {
        publisher.close();
        consumer.close();
    }

    private record Opened(MessageQueue publisher, MessageQueue consumer, QueueName name) implements Queue {

        @Override
        public void publish(int messages) throws InterruptedException {
            InFlight.repeat(WholeWork.IN_FLIGHT, messages, () -> publisher.publishAsync(name, Sample.message()));
        }

        @Override
        public void consume(int messages) {
            int consumed = 0;
            while (consumed < messages) {
                List<Delivery> deliveries = consumer.receive(name, LIST, WAIT);
                consumer.ackAll(deliveries);
                consumed += deliveries.size();
            }
        }

        @Override
        public void close() {
            // Redis is emptied before the next one is measured.
        }
    }
}
