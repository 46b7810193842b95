package io.scheduler.examples.benchmark;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;

/** publishAsync, and a consumer that receives and acknowledges. */
record QueuePath(MessageQueue publisher, MessageQueue consumer) implements PacedPath {

    static final String NAME = "publishAsync, receive";

    private static final Duration WAIT = Duration.ofMillis(500);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Role role() {
        return Role.OURS;
    }

    @Override
    public Open open(LongConsumer arrivals) {
        QueueName name = Sample.newQueue();
        ConsumerLoop loop = ConsumerLoop.start(() -> {
            List<Delivery> deliveries = consumer.receive(name, 100, WAIT);
            deliveries.forEach(delivery ->
                    arrivals.accept(delivery.message().payload(Sample.TYPE).number()));
            consumer.ackAll(deliveries);
        });
        return new Open() {
            @Override
            public void send(long number) {
                publisher.publishAsync(name, Sample.message(number));
            }

            @Override
            public void close() {
                loop.close();
            }
        };
    }
}
