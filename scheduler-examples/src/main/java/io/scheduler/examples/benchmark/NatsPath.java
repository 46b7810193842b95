package io.scheduler.examples.benchmark;

import io.nats.client.Dispatcher;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/** NATS JetStream: published without waiting for the answer; pushed to the consumer and acknowledged. */
record NatsPath(NatsBroker broker) implements PacedPath {

    static final String NAME = "NATS JetStream publishAsync, push";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Role role() {
        return Role.REFERENCE;
    }

    @Override
    public Open open(LongConsumer arrivals) throws Exception {
        NatsBroker.Stream stream = broker.open();
        Dispatcher dispatcher = stream.push(
                message -> arrivals.accept(ByteBuffer.wrap(message.getData()).getLong()));
        return new Open() {
            @Override
            public void send(long number) {
                stream.publish(Sample.numbered(number));
            }

            @Override
            public void close() {
                broker.connection().closeDispatcher(dispatcher);
                stream.close();
            }
        };
    }
}
