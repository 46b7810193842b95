package io.scheduler.core.soak;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells what was broken, with the seed and the history of each message that shows it. */
final class Report {

    private static final int SHOWN = 5;

    private final String name;
    private final long seed;
    private final History history;

    Report(String name, long seed, History history) {
        this.name = name;
        this.seed = seed;
        this.history = history;
    }

    String of(List<Violation> violations) {
        StringBuilder text = new StringBuilder(
                name + " broke its promises " + violations.size() + " times. Seed " + seed + " (-Dsoak.seed=" + seed
                        + " repeats what is done to it, though not how threads take turns).\n");
        violations.stream()
                .collect(Collectors.groupingBy(Violation::law, Collectors.counting()))
                .forEach((law, count) -> text.append("  ")
                        .append(count)
                        .append(" × ")
                        .append(law)
                        .append('\n'));
        violations.stream().limit(SHOWN).forEach(violation -> append(violation, text));
        if (violations.size() > SHOWN) {
            text.append("\nand ").append(violations.size() - SHOWN).append(" more\n");
        }
        return text.toString();
    }

    private void append(Violation violation, StringBuilder text) {
        text.append("\n")
                .append(violation.law())
                .append("\n  ")
                .append(violation.text())
                .append('\n');
        violation.story().ifPresent(story -> {
            text.append("  ").append(story.message()).append('\n');
            lines(story).sorted(Comparator.comparingLong(Line::endNanos)).forEach(line -> text.append(line.text()));
        });
    }

    private record Line(long endNanos, String text) {}

    private Stream<Line> lines(Story story) {
        List<Moment> moments = story.handouts().stream().map(Handout::received).toList();
        Moment first = story.publications().isEmpty()
                ? history.begin()
                : story.publications().get(0).began();
        Moment last = moments.isEmpty() ? history.now() : moments.get(moments.size() - 1);
        return Stream.of(
                        story.publications().stream().map(this::line),
                        story.handouts().stream().map(this::line),
                        story.handouts().stream()
                                .flatMap(handout ->
                                        handout.settlements().stream().map(s -> line(s, handout))),
                        story.letters().stream()
                                .map(letter -> new Line(
                                        Long.MAX_VALUE,
                                        "  at the end     dead letter: attempts " + letter.attempts() + ", died at "
                                                + letter.diedAt() + ", " + letter.reason() + '\n')),
                        history.faults().stream()
                                .filter(fault -> fault.touches(first, last))
                                .map(this::line))
                .flatMap(lines -> lines);
    }

    private Line line(Call publication) {
        return line(publication.began(), publication.ended().orElse(publication.began()), publication.toString());
    }

    private Line line(Handout handout) {
        return line(handout.asked(), handout.received(), handout.toString());
    }

    private Line line(Settlement settlement, Handout handout) {
        Call call = settlement.call();
        return line(
                call.began(), call.ended().orElse(call.began()), "attempt " + handout.attempt() + ": " + settlement);
    }

    private Line line(FaultSpan fault) {
        return line(fault.began(), fault.ended(), "fault: " + fault.name());
    }

    private Line line(Moment from, Moment to, String text) {
        Duration start = history.begin().until(from);
        Duration end = history.begin().until(to);
        return new Line(from.nanos(), String.format("  %,8d … %,8d ms  %s%n", start.toMillis(), end.toMillis(), text));
    }
}
