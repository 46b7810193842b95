package io.scheduler.examples.benchmark;

import static io.scheduler.examples.benchmark.Candidate.ours;
import static io.scheduler.examples.benchmark.Candidate.reference;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whole work on a broker that writes to its disk: publishing and consuming, one after the other and at once. */
final class BothSection implements Section {

    private static final String PUBLISHING = "publishing";
    private static final String CONSUMING = "then consuming";
    private static final String BOTH = "both at once";
    private static final String OURS_AT_ONCE = "publishAsync and receive at once";
    private static final String NATS_AT_ONCE = "NATS JetStream at once";
    private static final int IN_FLIGHT = 5_000;
    private static final int LIST = 500;
    private static final Duration WAIT = Duration.ofMillis(200);

    @Override
    public String name() {
        return "both";
    }

    @Override
    public String title() {
        return "Publishing and consuming";
    }

    @Override
    public Result measure(BenchmarkRedis memory, Effort effort, Progress progress) throws Exception {
        int messages = effort.messages();
        List<Candidate> candidates = new ArrayList<>();
        Optional<NatsBroker> nats = NatsBroker.find();
        try (BenchmarkRedis redis = BenchmarkRedis.start("--appendonly", "yes", "--appendfsync", "everysec");
                MessageQueue publisher = redis.queue();
                QueueConsuming consumers = QueueConsuming.open(redis, 1)) {
            MessageQueue consumer = consumers.queues().get(0);
            candidates.add(ours(PUBLISHING, "publishAsync", time -> publish(publisher, messages)));
            nats.ifPresent(broker ->
                    candidates.add(reference(PUBLISHING, "NATS JetStream", time -> publish(broker, messages))));
            candidates.add(ours(CONSUMING, "receive + ackAll", time -> consumers.receiving(1, LIST, messages)));
            nats.ifPresent(broker ->
                    candidates.add(reference(CONSUMING, "NATS JetStream fetch", time -> consume(broker, messages))));
            candidates.add(ours(BOTH, OURS_AT_ONCE, time -> both(publisher, consumer, messages)));
            nats.ifPresent(broker -> candidates.add(reference(BOTH, NATS_AT_ONCE, time -> both(broker, messages))));
            List<Figure> figures = new Rounds(effort, redis, progress).measure(candidates);
            return Result.of(
                    this,
                    figures,
                    List.of(Target.atLeast(1, "both at once: ahead of NATS JetStream", OURS_AT_ONCE, NATS_AT_ONCE)),
                    nats.map(broker -> "Redis writes its append-only file (`appendfsync everysec`), nats-server "
                                    + broker.version() + " its file store, each with its defaults otherwise.")
                            .orElse("There is no `nats-server` on this machine's PATH: skipped."));
        } finally {
            nats.ifPresent(NatsBroker::close);
        }
    }

    private static double publish(MessageQueue queue, int messages) throws InterruptedException {
        QueueName name = Sample.newQueue();
        long start = System.nanoTime();
        InFlight.repeat(IN_FLIGHT, messages, () -> queue.publishAsync(name, Sample.message()));
        return messages * 1e9 / (System.nanoTime() - start);
    }

    private static double publish(NatsBroker broker, int messages) throws Exception {
        try (NatsBroker.Stream stream = broker.newStream()) {
            long start = System.nanoTime();
            InFlight.repeat(IN_FLIGHT, messages, () -> stream.publish(Sample.PAYLOAD));
            return messages * 1e9 / (System.nanoTime() - start);
        }
    }

    private static double consume(NatsBroker broker, int messages) throws Exception {
        try (NatsBroker.Stream stream = broker.newStream()) {
            InFlight.repeat(IN_FLIGHT, messages, () -> stream.publish(Sample.PAYLOAD));
            return Threads.rate(1, Duration.ofMinutes(1), () -> new Countdown(messages).until(stream.pull(LIST)));
        }
    }

    private static double both(MessageQueue publisher, MessageQueue consumer, int messages) throws Exception {
        QueueName name = Sample.newQueue();
        return WholeWork.rate(
                messages,
                () -> {
                    InFlight.repeat(IN_FLIGHT, messages, () -> publisher.publishAsync(name, Sample.message()));
                    return true;
                },
                () -> {
                    List<Delivery> deliveries = consumer.receive(name, LIST, WAIT);
                    consumer.ackAll(deliveries);
                    return deliveries.size();
                });
    }

    private static double both(NatsBroker broker, int messages) throws Exception {
        try (NatsBroker.Stream stream = broker.newStream()) {
            return WholeWork.rate(
                    messages,
                    () -> {
                        InFlight.repeat(IN_FLIGHT, messages, () -> stream.publish(Sample.PAYLOAD));
                        return true;
                    },
                    stream.pull(LIST));
        }
    }
}
