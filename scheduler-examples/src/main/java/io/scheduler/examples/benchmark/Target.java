package io.scheduler.examples.benchmark;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a figure of ours is to reach.
 *
 * @param text what is asked for, in words
 * @param ours the name of our figure
 * @param references the names of the figures of the same run of which the highest divides it; without any, one does
 * @param column the column of both
 */
record Target(String text, String ours, List<String> references, String column, Limit limit) {

    /** What the quotient is held against. */
    record Limit(boolean least, double value) {

        boolean allows(double measured) {
            return least ? measured >= value : measured <= value;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s %.2f", least ? "≥" : "≤", value);
        }
    }

    /** How near to its target a figure came. */
    record Verdict(String text, String asked, double measured, boolean reached) {}

    /** A rate of ours that is to be at least so many times another. */
    static Target atLeast(double factor, String text, String ours, String reference) {
        return atLeast(factor, text, ours, List.of(reference));
    }

    /** A rate of ours that is to be at least so many times the highest of others. */
    static Target atLeast(double factor, String text, String ours, List<String> references) {
        return new Target(text, ours, references, Rounds.RATE, new Limit(true, factor));
    }

    /** Something of ours that is to be at most so many times another's. */
    static Target atMost(double factor, String text, String ours, String reference, String column) {
        return new Target(text, ours, List.of(reference), column, new Limit(false, factor));
    }

    /** Something of ours that is to be at most so much. */
    static Target atMost(double value, String text, String ours, String column) {
        return new Target(text, ours, List.of(), column, new Limit(false, value));
    }

    /** Whether it is reached; nothing, where one of the two could not be measured on this machine. */
    Stream<Verdict> judge(List<Figure> figures) {
        double divisor = references.isEmpty()
                ? 1
                : references.stream()
                        .flatMap(name -> medianOf(name, figures))
                        .max(Comparator.naturalOrder())
                        .orElse(Double.NaN);
        return medianOf(ours, figures)
                .map(median -> median / divisor)
                .filter(measured -> !measured.isNaN())
                .map(measured -> new Verdict(text, limit.toString(), measured, limit.allows(measured)));
    }

    private Stream<Double> medianOf(String name, List<Figure> figures) {
        return figures.stream()
                .filter(figure -> figure.name().equals(name) && figure.column().equals(column))
                .map(Figure::median);
    }
}
