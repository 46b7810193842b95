package io.scheduler.examples.benchmark;

import static io.scheduler.examples.benchmark.Candidate.ours;
import static io.scheduler.examples.benchmark.Candidate.reference;

import io.scheduler.core.queue.MessageQueue;
import java.util.ArrayList;
import java.util.List;

/** How fast messages are published: one at a time by blocking callers, and as fast as it goes. */
final class PublishSection implements Section {

    private static final String SATURATED = "saturated";
    private static final List<Integer> CALLERS = List.of(1, 4, 16, 64);

    @Override
    public String name() {
        return "publish";
    }

    @Override
    public String title() {
        return "Publishing";
    }

    @Override
    public Result measure(BenchmarkRedis redis, Effort effort, Progress progress) throws Exception {
        try (MessageQueue queue = redis.queue();
                RedissonClients redisson = RedissonClients.byDefault(redis);
                SpringPublishing spring = SpringPublishing.connect(redis);
                LettucePublishing lettuce = LettucePublishing.connect(redis);
                JedisPublishing jedis = JedisPublishing.connect(redis)) {
            List<Candidate> candidates = new ArrayList<>();
            addBlocking(candidates, new QueuePublishing(queue), new RawPublishing(redis), redisson, spring);
            addSaturated(candidates, new QueuePublishing(queue), new RawPublishing(redis), redisson, lettuce);
            candidates.add(reference(SATURATED, "Jedis, pipelines of 1,000", time -> jedis.pipelined(1_000, time)));
            candidates.addAll(RedisBenchmarkTool.candidates(redis, SATURATED));
            List<Figure> figures = new Rounds(effort, redis, progress).measure(candidates);
            return Result.of(this, RedisBenchmarkTool.best(figures), targets());
        }
    }

    private static void addBlocking(
            List<Candidate> candidates,
            QueuePublishing queue,
            RawPublishing raw,
            RedissonClients redisson,
            SpringPublishing spring) {
        for (int callers : CALLERS) {
            String group = "blocking, " + callers + (callers == 1 ? " caller" : " callers");
            candidates.add(ours(group, "publish, " + callers, time -> queue.blocking(callers, time)));
            candidates.add(
                    reference(group, "Redisson RStream.add, " + callers, time -> redisson.blocking(callers, time)));
            candidates.add(reference(group, "Spring Data Redis, " + callers, time -> spring.blocking(callers, time)));
            candidates.add(reference(group, "socket XADD, " + callers, time -> raw.blocking(callers, time)));
        }
    }

    private static void addSaturated(
            List<Candidate> candidates,
            QueuePublishing queue,
            RawPublishing raw,
            RedissonClients redisson,
            LettucePublishing lettuce) {
        candidates.add(ours(SATURATED, "publishAsync, 2,000 in flight", time -> queue.async(2_000, time)));
        candidates.add(ours(SATURATED, "publishAsync, 20,000 in flight", time -> queue.async(20_000, time)));
        candidates.add(ours(SATURATED, "publishAll, lists of 100", time -> queue.lists(1, 100, time)));
        candidates.add(ours(SATURATED, "publishAll, lists of 1,000", time -> queue.lists(1, 1_000, time)));
        candidates.add(ours(SATURATED, "publishAll, lists of 1,000, 4 callers", time -> queue.lists(4, 1_000, time)));
        candidates.add(reference(SATURATED, "Redisson addAsync, 2,000 in flight", time -> redisson.async(2_000, time)));
        candidates.add(
                reference(SATURATED, "Redisson RBatch of 500, 4 in flight", time -> redisson.batches(500, time)));
        candidates.add(reference(SATURATED, "Lettuce, flushing every 100", time -> lettuce.flushing(100, time)));
        candidates.add(reference(SATURATED, "socket XADD, pipelines of 500", time -> raw.pipelined(500, time)));
    }

    private static List<Target> targets() {
        List<Target> targets = new ArrayList<>(List.of(
                Target.atLeast(1, "one blocking caller: bare RStream.add", "publish, 1", "Redisson RStream.add, 1"),
                Target.atLeast(
                        3, "64 blocking callers: 3 × bare RStream.add", "publish, 64", "Redisson RStream.add, 64")));
        for (int callers : CALLERS) {
            targets.add(Target.atLeast(
                    1,
                    callers + " blocking: ahead of Spring Data Redis",
                    "publish, " + callers,
                    "Spring Data Redis, " + callers));
        }
        for (String ours : List.of("publishAsync, 20,000 in flight", "publishAll, lists of 1,000, 4 callers")) {
            targets.add(Target.atLeast(0.5, ours + ": half of redis-benchmark", ours, RedisBenchmarkTool.BEST));
            targets.add(Target.atLeast(
                    1, ours + ": ahead of Lettuce with manual flushing", ours, "Lettuce, flushing every 100"));
        }
        return targets;
    }
}
