package io.scheduler.examples.benchmark;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
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
record NatsBroker(ServerProcess process, Connection connection) implements Broker {

    static final Names NAMES = new Names("NATS JetStream", "NATS JetStream fetch", "NATS JetStream at once");

    private static final Duration START_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final int LIST = 500;
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

    @Override
    public Names names() {
        return NAMES;
    }

    @Override
    public Role role() {
        return Role.REFERENCE;
    }

    @Override
    public String note() {
        return "nats-server " + connection.getServerInfo().getVersion() + " writes its file store.";
    }

    @Override
    public Stream open() throws IOException, JetStreamApiException {
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
    public MessagePath path() {
        return new NatsPath(this);
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

    /** A stream. */
    record Stream(NatsBroker broker, String name, JetStream jetStream) implements Queue {

        CompletableFuture<?> publish(byte[] data) {
            return jetStream.publishAsync(name, data);
        }

        @Override
        public void publish(int messages) throws InterruptedException {
            InFlight.repeat(WholeWork.IN_FLIGHT, messages, () -> publish(Sample.PAYLOAD));
        }

        /** Fetches lists and acknowledges each message, without waiting for a word on it. */
        @Override
        public void consume(int messages) throws Exception {
            JetStreamSubscription subscription = jetStream.subscribe(
                    name, PullSubscribeOptions.builder().durable(CONSUMER).build());
            int consumed = 0;
            while (consumed < messages) {
                List<Message> fetched = subscription.fetch(Math.min(LIST, messages - consumed), WAIT);
                fetched.forEach(Message::ack);
                consumed += fetched.size();
            }
        }

        /**
         * A consumer that gets each message as soon as it is there; acknowledged when the handler returns.
         *
         * @return what calls the handler, to be closed by the broker's connection
         */
        Dispatcher push(MessageHandler handler) throws IOException, JetStreamApiException {
            PushSubscribeOptions options =
                    PushSubscribeOptions.builder().durable(CONSUMER).build();
            Dispatcher dispatcher = broker.connection().createDispatcher();
            jetStream.subscribe(name, dispatcher, handler, true, options);
            return dispatcher;
        }

        @Override
        public void close() {
            try {
                broker.connection().jetStreamManagement().deleteStream(name);
            } catch (IOException | JetStreamApiException e) {
                throw new IllegalStateException("Cannot delete the stream " + name, e);
            }
        }
    }
}
