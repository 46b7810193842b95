package io.scheduler.examples.benchmark;

import java.util.List;

/**
 * What a section found.
 *
 * @param notes sentences for the reader of the tables
 */
record Result(String section, String title, List<Figure> figures, List<Target.Verdict> verdicts, List<String> notes) {

    static Result of(Section section, List<Figure> figures, List<Target> targets, String... notes) {
        List<Target.Verdict> verdicts =
                targets.stream().flatMap(target -> target.judge(figures)).toList();
        return new Result(section.name(), section.title(), figures, verdicts, List.of(notes));
    }

    /** The tables of the section, in order. */
    List<String> groups() {
        return figures.stream().map(Figure::group).distinct().toList();
    }

    List<Figure> figuresOf(String group) {
        return figures.stream().filter(figure -> figure.group().equals(group)).toList();
    }
}
