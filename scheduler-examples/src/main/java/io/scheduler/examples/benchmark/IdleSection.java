package io.scheduler.examples.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What queues cost in which nothing happens, while consumers wait for messages. */
final class IdleSection implements Section {

    private static final String GROUP = "idle";

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String title() {
        return "Idle queues";
    }

    @Override
    public Result measure(BenchmarkRedis redis, Effort effort, Progress progress) throws Exception {
        List<Figure> figures = new ArrayList<>();
        for (int consumers : List.of(0, 1, 16, 64)) {
            figures.addAll(measure(redis, consumers, effort.withTime(5).time()));
            progress.say("%d consumers wait", consumers);
        }
        return Result.of(
                this,
                figures,
                List.of(),
                "Each consumer waits at a queue of its own. In percent of one core; the first line is what Redis and a"
                        + " connected client do anyway.");
    }

    private static List<Figure> measure(BenchmarkRedis redis, int consumers, Duration time) throws Exception {
        List<ConsumerLoop> loops = new ArrayList<>();
        MessageQueue queue = redis.queue();
        try {
            queue.health();
            for (int i = 0; i < consumers; i++) {
                QueueName name = Sample.newQueue();
                queue.create(name);
                loops.add(ConsumerLoop.start(() -> {
                    if (!queue.receive(name, 1, time).isEmpty()) {
                        throw new IllegalStateException("Nobody published this");
                    }
                }));
            }
            Threads.sleep(time.dividedBy(2));
            Usage before = Usage.of(redis);
            Threads.sleep(time);
            Usage used = Usage.of(redis).since(before);
            double seconds = time.toNanos() / 1e9;
            String name = consumers + (consumers == 1 ? " consumer waits" : " consumers wait");
            return List.of(
                    figure(name, "commands/s", Unit.COMMANDS_PER_SECOND, used.commands() / seconds),
                    figure(name, "redis-server, % of a core", Unit.PERCENT, 100 * used.server() / seconds),
                    figure(name, "this JVM, % of a core", Unit.PERCENT, 100 * used.client() / seconds));
        } finally {
            for (ConsumerLoop loop : loops) {
                loop.end();
            }
            for (ConsumerLoop loop : loops) {
                loop.close();
            }
            queue.close();
        }
    }

    private static Figure figure(String name, String column, Unit unit, double value) {
        return new Figure(GROUP, name, column, Role.OURS, unit, List.of(value));
    }

    /** Commands, and processor seconds of both sides. */
    private record Usage(double commands, double server, double client) {

        static Usage of(BenchmarkRedis redis) throws Exception {
            OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
            return new Usage(
                    redis.info("total_commands_processed"),
                    redis.info("used_cpu_sys") + redis.info("used_cpu_user"),
                    system.getProcessCpuTime() / 1e9);
        }

        /** Without the looks themselves. */
        Usage since(Usage before) {
            int looks = 3;
            return new Usage(
                    Math.max(0, commands - before.commands - looks), server - before.server, client - before.client);
        }
    }
}
