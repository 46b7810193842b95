package io.scheduler.examples.benchmark;

import static io.scheduler.examples.benchmark.Candidate.ours;
import static io.scheduler.examples.benchmark.Candidate.reference;

import java.util.ArrayList;
import java.util.List;

/** How fast waiting messages are received and settled. Filling the queue before is not part of the rate. */
final class ConsumeSection implements Section {

    private static final String ONE = "one consumer";
    private static final String FOUR = "four consumers";
    private static final String PLAIN = "receive(500) + ackAll";
    private static final String WORKER = "Worker, 16 handlers that do nothing, prefetch 1,000";

    @Override
    public String name() {
        return "consume";
    }

    @Override
    public String title() {
        return "Consuming";
    }

    @Override
    public Result measure(BenchmarkRedis redis, Effort effort, Progress progress) throws Exception {
        int messages = effort.messages();
        RawConsuming raw = new RawConsuming(redis);
        List<Candidate> candidates = new ArrayList<>();
        try (QueueConsuming queue = QueueConsuming.open(redis, 4);
                RedissonClients client = RedissonClients.byDefault(redis)) {
            RedissonConsuming redisson = new RedissonConsuming(client.client(), raw);
            for (int size : List.of(100, 500, 1_000)) {
                String name = "receive(" + size + ") + ackAll";
                candidates.add(ours(ONE, name, time -> queue.receiving(1, size, messages)));
            }
            candidates.add(ours(ONE, "Worker, 16 handlers that do nothing", time -> queue.working(16, 0, messages)));
            candidates.add(ours(ONE, "Worker, 64 handlers that do nothing", time -> queue.working(64, 0, messages)));
            candidates.add(ours(ONE, WORKER, time -> queue.working(16, 1_000, messages)));
            candidates.add(
                    reference(ONE, "Redisson, read 500 + ack + remove", time -> redisson.reading(500, messages)));
            candidates.add(reference(ONE, RawConsuming.NAME, time -> raw.reading(1, messages)));
            candidates.add(ours(FOUR, PLAIN + ", 4 consumers", time -> queue.receiving(4, 500, messages)));
            candidates.add(reference(FOUR, RawConsuming.NAME + ", 4 consumers", time -> raw.reading(4, messages)));
            return Result.of(this, new Rounds(effort, redis, progress).measure(candidates), targets());
        }
    }

    private static List<Target> targets() {
        return List.of(
                Target.atLeast(0.6, "receive + ackAll: 0.6 of the raw socket", PLAIN, RawConsuming.NAME),
                Target.atLeast(0.8, "Worker: 0.8 of receive + ackAll", WORKER, PLAIN));
    }
}
