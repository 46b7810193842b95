package io.scheduler.examples.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** How long a message takes from when it was due to be sent until its consumer has it, at fixed rates. */
final class LatencySection implements Section {

    private static final List<Integer> RATES = List.of(100, 500, 2_000);
    private static final Map<String, Double> PERCENTILES = percentiles();

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String title() {
        return "Latency, end to end";
    }

    @Override
    public Result measure(BenchmarkRedis redis, Effort effort, Progress progress) throws Exception {
        Effort longer = effort.withRounds(3).withTime(3);
        List<Figure> figures = new ArrayList<>();
        List<String> notes = new ArrayList<>(
                List.of("Every message has its time, whatever became of those before it: a late one counts in full."));
        try (QueueBroker queue = QueueBroker.on(redis);
                RedissonClients redisson = RedissonClients.byDefault(redis);
                Peers peers = Peers.find(redis)) {
            List<MessagePath> paths = new ArrayList<>(List.of(
                    queue.path(), new WorkerPath(queue.publisher(), queue.consumer()), new RedissonPath(redisson)));
            peers.brokers().forEach(broker -> paths.add(broker.path()));
            peers.brokers().stream().map(Broker::note).distinct().forEach(notes::add);
            notes.addAll(peers.missing());
            for (int rate : RATES) {
                figures.addAll(measure(redis, longer, progress, rate, paths));
            }
        }
        return Result.of(this, figures, targets(), String.join(" ", notes));
    }

    private static List<Figure> measure(
            BenchmarkRedis redis, Effort effort, Progress progress, int rate, List<MessagePath> paths)
            throws Exception {
        Map<MessagePath, Map<String, List<Double>>> found = new LinkedHashMap<>();
        for (int round = 0; round <= effort.rounds(); round++) {
            for (MessagePath path : paths) {
                redis.flush();
                Duration time = round == 0 ? effort.time().dividedBy(3) : effort.time();
                Histogram times = path.measure(rate, time);
                progress.say(
                        "%-10s %-44s %5d/s  p50 %.2f ms  p99 %.2f ms",
                        round == 0 ? "warm-up" : "round " + round + "/" + effort.rounds(),
                        path.name(),
                        rate,
                        times.getValueAtPercentile(50) / 1e6,
                        times.getValueAtPercentile(99) / 1e6);
                if (round > 0) {
                    Map<String, List<Double>> values = found.computeIfAbsent(path, key -> new LinkedHashMap<>());
                    PERCENTILES.forEach((column, percentile) -> values.computeIfAbsent(column, key -> new ArrayList<>())
                            .add(times.getValueAtPercentile(percentile) / 1e6));
                }
            }
        }
        List<Figure> figures = new ArrayList<>();
        String group = String.format("%,d a second", rate);
        found.forEach((path, columns) -> columns.forEach((column, values) -> figures.add(new Figure(
                group, path.name() + " at " + rate, column + " ms", path.role(), Unit.MILLISECONDS, values))));
        return figures;
    }

    private static List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        for (int rate : RATES) {
            targets.add(Target.atMost(
                    1,
                    "p50 at " + rate + " a second: no worse than bare Redisson",
                    QueuePath.NAME + " at " + rate,
                    RedissonPath.NAME + " at " + rate,
                    "p50 ms"));
        }
        targets.add(Target.atMost(2, "p99 at 500 a second: below 2 ms", QueuePath.NAME + " at 500", "p99 ms"));
        Map<String, String> peers = new LinkedHashMap<>();
        peers.put("NATS JetStream", NatsPath.NAME);
        peers.put("RabbitMQ's quorum queue", RabbitPath.name(RabbitBroker.Kind.QUORUM));
        peers.put("BullMQ", BullPath.NAME);
        peers.forEach((peer, path) -> List.of("p50", "p99")
                .forEach(percentile -> targets.add(Target.atMost(
                        1,
                        percentile + " at 500 a second: ahead of " + peer,
                        QueuePath.NAME + " at 500",
                        path + " at 500",
                        percentile + " ms"))));
        return targets;
    }

    private static Map<String, Double> percentiles() {
        Map<String, Double> percentiles = new LinkedHashMap<>();
        percentiles.put("p50", 50.0);
        percentiles.put("p90", 90.0);
        percentiles.put("p99", 99.0);
        percentiles.put("p99.9", 99.9);
        return percentiles;
    }
}
