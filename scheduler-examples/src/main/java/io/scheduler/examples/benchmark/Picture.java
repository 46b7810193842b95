package io.scheduler.examples.benchmark;

import java.util.Optional;

/** A section as a picture: bars where candidates are compared, lines where work grows. */
final class Picture {

    private Picture() {}

    /** The SVG; nothing for a section that is better told by its table. */
    static Optional<String> of(Result result) {
        if (result.figures().isEmpty()) {
            return Optional.empty();
        }
        return switch (result.section()) {
            case "publish", "consume", "both", "latency" -> Optional.of(new BarChart(result).draw());
            case "growth" -> Optional.of(new LineChart(result).draw());
            default -> Optional.empty();
        };
    }
}
