package io.scheduler.examples.benchmark;

import java.util.List;

/**
 * What was measured of one candidate: one value a round.
 *
 * @param group what is compared with each other
 * @param name what was measured, unique in its section
 * @param unit such as {@code messages/s}
 */
record Figure(String group, String name, Role role, String unit, List<Double> rounds) {

    Figure {
        rounds = List.copyOf(rounds);
    }

    double median() {
        List<Double> sorted = rounds.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    double min() {
        return rounds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double max() {
        return rounds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
