package io.scheduler.examples.benchmark;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** NATS JetStream as a path, where it is installed. */
record NatsPaths(Optional<NatsBroker> broker) implements AutoCloseable {

    static NatsPaths find() {
        return new NatsPaths(NatsBroker.find());
    }

    List<MessagePath> paths() {
        return broker.<MessagePath>map(NatsPath::new).stream().toList();
    }

    @Override
    public void close() {
        broker.ifPresent(NatsBroker::close);
    }

    /** Published without waiting for the answer; pushed to the consumer and acknowledged. */
    private record NatsPath(NatsBroker broker) implements MessagePath {

        @Override
        public String name() {
            return "NATS JetStream publishAsync, push";
        }

        @Override
        public Role role() {
            return Role.REFERENCE;
        }

        @Override
        public Open open(LongConsumer arrivals) throws Exception {
            NatsBroker.Stream stream = broker.open();
            stream.push(message ->
                    arrivals.accept(ByteBuffer.wrap(message.getData()).getLong()));
            return new Open() {
                @Override
                public void send(long number) {
                    ByteBuffer data = ByteBuffer.allocate(Long.BYTES + Sample.PAYLOAD.length);
                    stream.publish(data.putLong(number).put(Sample.PAYLOAD).array());
                }

                @Override
                public void close() {
                    stream.close();
                }
            };
        }
    }
}
