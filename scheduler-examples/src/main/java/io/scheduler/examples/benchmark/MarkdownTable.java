package io.scheduler.examples.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A section's figures and targets as tables of a Markdown document. */
final class MarkdownTable {

    private MarkdownTable() {}

    static String of(Result result) {
        StringBuilder text = new StringBuilder();
        for (String group : result.groups()) {
            List<Figure> figures = result.figuresOf(group);
            boolean compared = figures.stream().map(Figure::column).distinct().count() == 1;
            text.append(compared ? compared(group, figures) : columns(group, figures))
                    .append('\n');
        }
        if (!result.verdicts().isEmpty()) {
            text.append(verdicts(result.verdicts())).append('\n');
        }
        result.notes().forEach(note -> text.append(note).append('\n'));
        return text.toString();
    }

    /** One column: each figure with its spread, and beside the best that is not ours. */
    private static String compared(String group, List<Figure> figures) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                "| %s | %s, median | lowest – highest | ratio |%n",
                group, figures.get(0).column()));
        text.append("|---|---:|---:|---:|\n");
        double best = figures.stream()
                .filter(figure -> !figure.isOurs())
                .mapToDouble(Figure::median)
                .max()
                .orElse(Double.NaN);
        for (Figure figure : figures) {
            Unit unit = figure.unit();
            text.append(String.format(
                    "| %s | %s | %s – %s | %s |%n",
                    name(figure),
                    unit.format(figure.median()),
                    unit.format(figure.lowest()),
                    unit.format(figure.highest()),
                    Double.isNaN(best) ? "" : ratio(figure.median() / best)));
        }
        return text.toString();
    }

    /** Several columns: the medians. */
    private static String columns(String group, List<Figure> figures) {
        List<String> columns = figures.stream().map(Figure::column).distinct().toList();
        StringBuilder text = new StringBuilder();
        text.append("| ")
                .append(group)
                .append(" | ")
                .append(String.join(" | ", columns))
                .append(" |\n");
        text.append("|---|").append("---:|".repeat(columns.size())).append('\n');
        for (String row : figures.stream().map(Figure::name).distinct().toList()) {
            List<Figure> cells =
                    figures.stream().filter(figure -> figure.name().equals(row)).toList();
            String values = columns.stream()
                    .map(column -> cell(column, cells))
                    .collect(Collectors.joining(" | ", " | ", " |\n"));
            text.append("| ").append(name(cells.get(0))).append(values);
        }
        return text.toString();
    }

    private static String cell(String column, List<Figure> cells) {
        return cells.stream()
                .filter(figure -> figure.column().equals(column))
                .map(figure -> figure.unit().format(figure.median()))
                .findFirst()
                .orElse("");
    }

    private static String verdicts(List<Target.Verdict> verdicts) {
        StringBuilder text = new StringBuilder("| target | asked | measured | |\n|---|---:|---:|---|\n");
        for (Target.Verdict verdict : verdicts) {
            text.append(String.format(
                    "| %s | %s | %s | %s |%n",
                    verdict.text(),
                    verdict.asked(),
                    ratio(verdict.measured()),
                    verdict.reached() ? "reached" : "not reached"));
        }
        return text.toString();
    }

    private static String name(Figure figure) {
        return figure.isOurs() ? "**" + figure.name() + "**" : figure.name();
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
