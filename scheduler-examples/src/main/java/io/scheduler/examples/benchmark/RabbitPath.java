package io.scheduler.examples.benchmark;

import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/** RabbitMQ: published without waiting for the confirmation; pushed to the consumer, and acknowledged one by one. */
record RabbitPath(RabbitBroker broker) implements PacedPath {

    /** What the path of such a queue is called. */
    static String name(RabbitBroker.Kind kind) {
        return kind.text() + ", push";
    }

    @Override
    public String name() {
        return name(broker.kind());
    }

    @Override
    public Role role() {
        return Role.REFERENCE;
    }

    @Override
    public Open open(LongConsumer arrivals) throws Exception {
        RabbitQueue queue = broker.open();
        RabbitConfirms confirms = queue.confirms();
        queue.push(body -> arrivals.accept(ByteBuffer.wrap(body).getLong()));
        return new Open() {
            @Override
            public void send(long number) {
                queue.publish(Sample.numbered(number), confirms);
            }

            @Override
            public void close() {
                queue.close();
            }
        };
    }
}
