package io.scheduler.examples.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the suite is asked for.
 *
 * @param write whether the figures go into the documents
 */
record Request(List<Section> sections, Effort effort, boolean write) {

    private static final Set<String> WORDS = Set.of("all", "quick", "trial", "huge", "write");
    private static final int HUGE = 10_000_000;

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if a word is not known
     */
    static Request of(String text, List<Section> known) {
        Set<String> words = Set.of(text.split(","));
        List<Section> chosen = new ArrayList<>(known);
        chosen.removeIf(section -> !words.contains(section.name()));
        for (String word : words) {
            if (!WORDS.contains(word)
                    && chosen.stream().noneMatch(section -> section.name().equals(word))) {
                throw new IllegalArgumentException("Unknown word '" + word + "' in -Dbenchmark=" + text
                        + "; allowed are " + WORDS + " and "
                        + known.stream().map(Section::name).toList());
            }
        }
        return new Request(chosen.isEmpty() ? known : chosen, effort(words), words.contains("write"));
    }

    private static Effort effort(Set<String> words) {
        Effort effort = words.contains("trial") ? Effort.TRIAL : words.contains("quick") ? Effort.QUICK : Effort.FULL;
        return words.contains("huge") ? effort.withWaiting(HUGE) : effort;
    }
}
