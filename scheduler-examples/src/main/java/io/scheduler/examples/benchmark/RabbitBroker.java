package io.scheduler.examples.benchmark;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** RabbitMQ with one kind of queue; those who publish and those who consume have a connection each, as it advises. */
record RabbitBroker(Kind kind, Connection publisher, Connection consumer) implements Broker {

    /** Which queues; all of them keep messages on the disk. */
    enum Kind {
        QUORUM("RabbitMQ quorum queue"),
        CLASSIC("RabbitMQ classic queue");

        private final String text;
        private final Names names;

        Kind(String text) {
            this.text = text;
            names = new Names(text + ", confirmed", text + ", ack", text + " at once");
        }

        String text() {
            return text;
        }

        Names names() {
            return names;
        }

        private Map<String, Object> arguments() {
            return Map.of("x-queue-type", name().toLowerCase(Locale.ROOT));
        }
    }

    /** The names of all kinds. */
    static final List<Names> NAMES = Stream.of(Kind.values()).map(Kind::names).toList();

    private static final AtomicInteger queues = new AtomicInteger();

    static RabbitBroker connect(RabbitServer server, Kind kind) {
        return new RabbitBroker(kind, server.connect(), server.connect());
    }

    @Override
    public Names names() {
        return kind.names();
    }

    @Override
    public Role role() {
        return Role.REFERENCE;
    }

    @Override
    public String note() {
        return "RabbitMQ " + publisher.getServerProperties().get("version")
                + " writes its durable queues, whose messages are persistent.";
    }

    @Override
    public RabbitQueue open() throws IOException {
        String name = "orders-" + queues.incrementAndGet();
        Channel publishing = publisher.createChannel();
        publishing.queueDeclare(name, true, false, false, kind.arguments());
        return new RabbitQueue(name, publishing, consumer.createChannel());
    }

    @Override
    public MessagePath path() {
        return new RabbitPath(this);
    }

    @Override
    public void close() {
        publisher.abort();
        consumer.abort();
    }
}
