package io.scheduler.examples.benchmark;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A section as a picture: bars where candidates are compared, lines where work grows. */
final class Picture {

    private Picture() {}

    /** The SVG; nothing for a section that is better told by its table. */
    static Optional<String> of(Result result) {
        if (result.figures().isEmpty()) {
            return Optional.empty();
        }
        return switch (result.section()) {
            case "publish", "consume", "both" -> Optional.of(new BarChart(result).draw());
            case "latency" -> Optional.of(new BarChart(usualAndBad(result)).draw());
            case "growth" -> Optional.of(new LineChart(result).draw());
            default -> Optional.empty();
        };
    }

    /** Two of the percentiles are enough to look at. */
    private static Result usualAndBad(Result result) {
        List<Figure> figures = result.figures().stream()
                .filter(figure -> Set.of("p50 ms", "p99 ms").contains(figure.column()))
                .toList();
        return new Result(result.section(), result.title(), figures, result.verdicts(), result.notes());
    }
}
