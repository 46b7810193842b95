package io.scheduler.examples.benchmark;

import java.util.List;

/**
 * What was measured of one candidate: one value a round.
 *
 * @param group what is compared with each other: a table
 * @param name what was measured: a row
 * @param column what about it
 * @param unit such as {@code messages/s}
 */
record Figure(String group, String name, String column, Role role, Unit unit, List<Double> rounds) {

    Figure {
        rounds = List.copyOf(rounds);
    }

    double median() {
        List<Double> sorted = rounds.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    double lowest() {
        return rounds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double highest() {
        return rounds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    boolean isOurs() {
        return role == Role.OURS;
    }
}
