package io.scheduler.examples.benchmark;

import java.util.List;
import java.util.Locale;

/** A section's figures and targets as tables of a Markdown document. */
final class MarkdownTable {

    private MarkdownTable() {}

    static String of(Result result) {
        StringBuilder text = new StringBuilder();
        for (String group :
                result.figures().stream().map(Figure::group).distinct().toList()) {
            List<Figure> figures = result.figures().stream()
                    .filter(figure -> figure.group().equals(group))
                    .toList();
            text.append(figures(group, figures)).append('\n');
        }
        if (!result.verdicts().isEmpty()) {
            text.append(verdicts(result.verdicts())).append('\n');
        }
        result.notes().forEach(note -> text.append(note).append('\n'));
        return text.toString();
    }

    private static String figures(String group, List<Figure> figures) {
        StringBuilder text =
                new StringBuilder("| " + group + " | median | lowest – highest | of the best reference |\n");
        text.append("|---|---:|---:|---:|\n");
        double best = figures.stream()
                .filter(figure -> figure.role() == Role.REFERENCE)
                .mapToDouble(Figure::median)
                .max()
                .orElse(Double.NaN);
        for (Figure figure : figures) {
            String name = figure.role() == Role.OURS ? "**" + figure.name() + "**" : figure.name();
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %,.0f | %,.0f – %,.0f | %s |%n",
                    name,
                    figure.median(),
                    figure.min(),
                    figure.max(),
                    Double.isNaN(best) ? "" : String.format(Locale.ROOT, "%.2f", figure.median() / best)));
        }
        return text.toString();
    }

    private static String verdicts(List<Target.Verdict> verdicts) {
        StringBuilder text = new StringBuilder("| target | asked | measured | |\n|---|---:|---:|---|\n");
        for (Target.Verdict verdict : verdicts) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f | %s |%n",
                    verdict.target().text(),
                    verdict.target().atLeast(),
                    verdict.ratio(),
                    verdict.reached() ? "reached" : "not reached"));
        }
        return text.toString();
    }
}
