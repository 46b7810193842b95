package io.scheduler.examples.benchmark;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.MessageHandler;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.PushSubscribeOptions;
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
    private static final String CONSUMER = "consumer";
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

    /** A new stream. */
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
        return new Stream(this, name, connection.jetStream());
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

    /** A stream, for one consumer. Deleted when it is closed. */
    record Stream(NatsBroker broker, String name, JetStream jetStream) implements AutoCloseable {

        CompletableFuture<?> publish(byte[] data) {
            return jetStream.publishAsync(name, data);
        }

        /** A consumer that asks for up to so many messages and acknowledges them, without waiting for a word on it. */
        Threads.Step pull(int size) throws IOException, JetStreamApiException {
            JetStreamSubscription subscription = jetStream.subscribe(
                    name, PullSubscribeOptions.builder().durable(CONSUMER).build());
            return () -> {
                List<Message> messages = subscription.fetch(size, WAIT);
                messages.forEach(Message::ack);
                return messages.size();
            };
        }

        /** A consumer that gets each message as soon as it is there; acknowledged when the handler returns. */
        void push(MessageHandler handler) throws IOException, JetStreamApiException {
            PushSubscribeOptions options =
                    PushSubscribeOptions.builder().durable(CONSUMER).build();
            jetStream.subscribe(name, broker.connection().createDispatcher(), handler, true, options);
        }

        @Override
        public void close() throws IOException, JetStreamApiException {
            broker.connection().jetStreamManagement().deleteStream(name);
        }
    }
}
