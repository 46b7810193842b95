package io.scheduler.examples.benchmark;

import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.worker.Worker;
import java.util.function.LongConsumer;

/** publishAsync, and a worker that calls a handler. */
record WorkerPath(MessageQueue publisher, MessageQueue consumer) implements PacedPath {

    @Override
    public String name() {
        return "publishAsync, Worker";
    }

    @Override
    public Role role() {
        return Role.OURS;
    }

    @Override
    public Open open(LongConsumer arrivals) {
        QueueName name = Sample.newQueue();
        Worker worker = Worker.on(consumer)
                .queue(name)
                .handle(Sample.TYPE, order -> arrivals.accept(order.number()))
                .concurrency(16)
                .start();
        return new Open() {
            @Override
            public void send(long number) {
                publisher.publishAsync(name, Sample.message(number));
            }

            @Override
            public void close() {
                worker.close();
            }
        };
    }
}
