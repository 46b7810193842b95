package io.scheduler.examples.benchmark;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** How many bytes of the heap each message costs on its way in, and on its way out. */
final class AllocationSection implements Section {

    private static final String PUBLISHING = "publishing";
    private static final String CONSUMING = "consuming";
    private static final String COLUMN = "bytes/message";
    private static final int IN_FLIGHT = 2_000;
    private static final int LIST = 500;
    private static final Duration WAIT = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "allocation";
    }

    @Override
    public String title() {
        return "Allocation";
    }

    @Override
    public Result measure(BenchmarkRedis redis, Effort effort, Progress progress) throws Exception {
        int messages = Math.max(LIST, effort.messages() / 5);
        List<Figure> figures = new ArrayList<>();
        try (MessageQueue queue = redis.queue();
                RedissonClients redisson = RedissonClients.byDefault(redis)) {
            QueueName name = Sample.newQueue();
            RedissonConsuming consuming = new RedissonConsuming(redisson.client(), new RawConsuming(redis));
            for (Work work : List.of(
                    new Work(PUBLISHING, Role.OURS, "publish", () -> {
                        for (int i = 0; i < messages; i++) {
                            queue.publish(name, Sample.message());
                        }
                    }),
                    new Work(
                            PUBLISHING,
                            Role.OURS,
                            "publishAsync",
                            () -> InFlight.repeat(
                                    IN_FLIGHT, messages, () -> queue.publishAsync(name, Sample.message()))),
                    new Work(PUBLISHING, Role.OURS, "publishAll, lists of " + LIST, () -> {
                        for (int i = 0; i < messages; i += LIST) {
                            queue.publishAll(name, Sample.messages(LIST));
                        }
                    }),
                    new Work(
                            PUBLISHING,
                            Role.REFERENCE,
                            "Redisson addAsync",
                            () -> InFlight.repeat(IN_FLIGHT, messages, redisson::add)),
                    new Work(
                            CONSUMING,
                            Role.OURS,
                            "receive(" + LIST + ") + ackAll",
                            () -> consume(queue, name, messages, delivery -> {})),
                    new Work(
                            CONSUMING,
                            Role.OURS,
                            "the same, with payloads decoded",
                            () -> consume(
                                    queue,
                                    name,
                                    messages,
                                    delivery -> delivery.message().payload(Sample.TYPE))),
                    new Work(
                            CONSUMING,
                            Role.REFERENCE,
                            "Redisson, read " + LIST + " + ack + remove",
                            () -> consuming.drain(LIST, messages)))) {
                figures.add(measure(work, messages, effort, progress));
            }
        }
        return Result.of(this, figures, List.of(), Allocated.NOTE);
    }

    private static Figure measure(Work work, int messages, Effort effort, Progress progress) throws Exception {
        work.action().run();
        List<Double> rounds = new ArrayList<>();
        for (int round = 0; round < effort.rounds(); round++) {
            rounds.add((double) Allocated.during(work.action()) / messages);
        }
        Figure figure = new Figure(work.group(), work.name(), COLUMN, work.role(), Unit.BYTES, rounds);
        progress.say("%-40s %,8.0f bytes a message", work.name(), figure.median());
        return figure;
    }

    private static void consume(MessageQueue queue, QueueName name, int messages, Consumer<Delivery> handler) {
        for (int left = messages; left > 0; ) {
            List<Delivery> deliveries = queue.receive(name, LIST, WAIT);
            if (deliveries.isEmpty()) {
                throw new IllegalStateException(left + " of " + messages + " messages did not come");
            }
            deliveries.forEach(handler);
            queue.ackAll(deliveries);
            left -= deliveries.size();
        }
    }

    /** What is done with so many messages. */
    private record Work(String group, Role role, String name, Allocated.Action action) {}
}
