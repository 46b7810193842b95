package io.scheduler.examples.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Whole work on a broker that writes to its disk: publishing and consuming, one after the other and at once. */
final class BothSection implements Section {

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
        try (BenchmarkRedis redis = BenchmarkRedis.start("--appendonly", "yes", "--appendfsync", "everysec");
                Broker ours = QueueBroker.on(redis);
                Peers peers = Peers.find(redis)) {
            List<Broker> brokers = new ArrayList<>(List.of(ours));
            brokers.addAll(peers.brokers());
            WholeWork work = new WholeWork(effort.messages());
            List<Candidate> candidates = new ArrayList<>();
            brokers.forEach(broker -> candidates.add(work.publishing(broker)));
            brokers.forEach(broker -> candidates.add(work.consuming(broker)));
            candidates.add(Candidate.reference(
                    WholeWork.CONSUMING,
                    RawConsuming.NAME,
                    time -> new RawConsuming(redis).reading(1, work.messages())));
            brokers.forEach(broker -> candidates.add(work.both(broker)));
            List<Figure> figures = new Rounds(effort, redis, progress).measure(candidates);
            Stream<String> notes = Stream.concat(brokers.stream().map(Broker::note), peers.missing().stream());
            return Result.of(
                    this, figures, targets(), String.join(" ", notes.distinct().toList()));
        }
    }

    private static List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        addTargets(targets, 1, "ahead of NATS JetStream", List.of(NatsBroker.NAMES));
        addTargets(targets, 5, "5 × RabbitMQ", RabbitBroker.NAMES);
        addTargets(targets, 5, "5 × BullMQ", List.of(BullBroker.NAMES));
        return targets;
    }

    /** One for each kind of work, beside the fastest of these. */
    private static void addTargets(List<Target> targets, double factor, String text, List<Broker.Names> peers) {
        Broker.Names ours = QueueBroker.NAMES;
        targets.add(Target.atLeast(
                factor,
                WholeWork.PUBLISHING + ": " + text,
                ours.publishing(),
                peers.stream().map(Broker.Names::publishing).toList()));
        targets.add(Target.atLeast(
                factor,
                WholeWork.CONSUMING + ": " + text,
                ours.consuming(),
                peers.stream().map(Broker.Names::consuming).toList()));
        targets.add(Target.atLeast(
                factor,
                WholeWork.BOTH + ": " + text,
                ours.both(),
                peers.stream().map(Broker.Names::both).toList()));
    }
}
