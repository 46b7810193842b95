package io.scheduler.examples.benchmark;

import io.scheduler.core.queue.MessageQueue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What becomes of the rates when something grows: queues, consumers, messages that wait, payloads. */
final class GrowthSection implements Section {

    /**
     * One thing that grows.
     *
     * @param name what grows
     * @param steps how far
     * @param load measures at a step: a rate for each column
     */
    record Series(String name, List<Integer> steps, StepLoad load) {}

    /** What is measured at each step. */
    @FunctionalInterface
    interface StepLoad {
        Map<String, Double> measure(int step) throws Exception;
    }

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public String title() {
        return "As work grows";
    }

    @Override
    public Result measure(BenchmarkRedis redis, Effort effort, Progress progress) throws Exception {
        List<Figure> figures = new ArrayList<>();
        try (MessageQueue queue = redis.queue()) {
            RoundTrip trip = new RoundTrip(queue, effort.messages() / 5);
            trip.warmUp();
            for (Series series : List.of(
                    new Series("queues", List.of(1, 10, 100, 1_000), new ManyQueues(trip)),
                    new Series("consumers", List.of(1, 4, 16, 64), new ManyConsumers(trip)),
                    new Series(
                            "payload bytes", List.of(100, 1_000, 10_000, 100_000, 1_048_576), new LargePayloads(trip)),
                    new Series("waiting messages", powersOfTen(effort.waiting()), WaitingMessages.ready(trip)),
                    new Series(
                            "delayed messages",
                            powersOfTen(Math.min(1_000_000, effort.waiting())),
                            WaitingMessages.delayed(trip)))) {
                redis.flush();
                figures.addAll(measure(series, effort.withRounds(3), progress));
            }
        }
        return Result.of(
                this,
                figures,
                List.of(),
                "Each step is measured several times in a row; these are medians. The more queues, the shorter the lists"
                        + " in which each is consumed: at 1,000 queues they have "
                        + effort.messages() / 5 / 1_000
                        + " messages.");
    }

    private static List<Figure> measure(Series series, Effort effort, Progress progress) throws Exception {
        List<Figure> figures = new ArrayList<>();
        for (int step : series.steps()) {
            Map<String, List<Double>> found = new LinkedHashMap<>();
            for (int round = 0; round < effort.rounds(); round++) {
                series.load()
                        .measure(step)
                        .forEach((column, rate) -> found.computeIfAbsent(column, key -> new ArrayList<>())
                                .add(rate));
            }
            String name = String.format("%,d", step);
            found.forEach((column, rates) -> {
                Figure figure = new Figure(series.name(), name, column, Role.OURS, Unit.MESSAGES_PER_SECOND, rates);
                progress.say("%9s %-17s %-26s %,10.0f messages/s", name, series.name(), column, figure.median());
                figures.add(figure);
            });
        }
        return figures;
    }

    private static List<Integer> powersOfTen(int most) {
        List<Integer> powers = new ArrayList<>();
        for (long power = 100; power <= most; power *= 10) {
            powers.add((int) power);
        }
        return powers;
    }
}
