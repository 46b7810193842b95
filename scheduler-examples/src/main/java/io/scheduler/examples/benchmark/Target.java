package io.scheduler.examples.benchmark;

import java.util.List;

/**
 * What a figure of ours is to reach, as a multiple of another of the same run.
 *
 * @param text what is asked for, in words
 * @param ours the name of our figure
 * @param reference the name of the other
 * @param atLeast ours divided by the reference
 */
record Target(String text, String ours, String reference, double atLeast) {

    /** Whether it is reached; nothing, where the reference could not be measured on this machine. */
    List<Verdict> judge(List<Figure> figures) {
        return figures.stream()
                .filter(figure -> figure.name().equals(ours))
                .flatMap(mine -> figures.stream()
                        .filter(figure -> figure.name().equals(reference))
                        .map(other -> Verdict.of(this, mine.median() / other.median())))
                .toList();
    }

    /** How near to its target a figure came. */
    record Verdict(Target target, double ratio, boolean reached) {

        static Verdict of(Target target, double ratio) {
            return new Verdict(target, ratio, ratio >= target.atLeast());
        }
    }
}
