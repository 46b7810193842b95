package io.scheduler.examples.benchmark;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** NATS JetStream with its file store, where {@code nats-server} is on the PATH. Acknowledged messages are deleted. */
record NatsBroker(ServerProcess process, Connection connection) implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final AtomicInteger streams = new AtomicInteger();

    static Optional<NatsBroker> find() {
        return ServerProcess.onPath("nats-server").map(binary -> {
            ServerProcess process = ServerProcess.start(binary, "-p", "-sd", List.of("-js", "-a", BenchmarkRedis.HOST));
            process.awaitPort(START_TIMEOUT);
            try {
                Options options = Options.builder()
                        .server("nats://" + BenchmarkRedis.HOST + ":" + process.port())
                        .maxMessagesInOutgoingQueue(1_000_000)
                        .build();
                return new NatsBroker(process, Nats.connect(options));
            } catch (IOException | InterruptedException e) {
                process.close();
                throw new IllegalStateException("Cannot connect to nats-server", e);
            }
        });
    }

    String version() {
        return connection.getServerInfo().getVersion();
    }

    /** A new stream, and what publishes to it. */
    Stream newStream() throws Exception {
        String name = "orders-" + streams.incrementAndGet();
        connection
                .jetStreamManagement()
                .addStream(StreamConfiguration.builder()
                        .name(name)
                        .subjects(name)
                        .storageType(StorageType.File)
                        .retentionPolicy(RetentionPolicy.WorkQueue)
                        .build());
        JetStream jetStream = connection.jetStream();
        PullSubscribeOptions consumer =
                PullSubscribeOptions.builder().durable("consumer").build();
        return new Stream(this, name, jetStream, jetStream.subscribe(name, consumer));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.close();
    }

    /** A stream with one consumer. Deleted when it is closed. */
    record Stream(NatsBroker broker, String name, JetStream jetStream, JetStreamSubscription subscription)
            implements AutoCloseable {

        CompletableFuture<?> publish(byte[] data) {
            return jetStream.publishAsync(name, data);
        }

        /** Up to so many messages; waits until one is there. */
        List<Message> fetch(int size) {
            return subscription.fetch(size, WAIT);
        }

        /** The same one by one, each as soon as it is there. */
        Iterable<Message> iterate(int size) {
            return () -> subscription.iterate(size, WAIT);
        }

        /** Fetches and acknowledges; the server's word on it is not waited for. */
        int consume(int size) {
            List<Message> messages = fetch(size);
            messages.forEach(Message::ack);
            return messages.size();
        }

        @Override
        public void close() throws IOException, JetStreamApiException {
            broker.connection().jetStreamManagement().deleteStream(name);
        }
    }
}
