package io.scheduler.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {

    @Test
    void theMedianIsTheMiddleValueOrTheMeanOfTheMiddleTwo() {
        assertThat(rate("a", 9, 1, 5).median()).isEqualTo(5);
        assertThat(rate("a", 9, 1, 5, 2).median()).isEqualTo(3.5);
    }

    @Test
    void aTargetComparesMedians() {
        List<Figure> figures = List.of(rate("ours", 1, 2, 300), rate("theirs", 4, 4, 4));

        assertThat(Target.atLeast(0.5, "half", "ours", "theirs").judge(figures))
                .containsExactly(new Target.Verdict("half", "≥ 0.50", 0.5, true));
        assertThat(Target.atLeast(1, "all", "ours", "theirs").judge(figures))
                .extracting(Target.Verdict::reached)
                .containsExactly(false);
        assertThat(Target.atMost(1.5, "few", "ours", Rounds.RATE).judge(figures))
                .extracting(Target.Verdict::reached)
                .containsExactly(false);
    }

    @Test
    void aTargetBesideSeveralComparesWithTheHighestOfThoseThatAreThere() {
        List<Figure> figures = List.of(rate("ours", 8), rate("slow", 1), rate("fast", 4));

        assertThat(Target.atLeast(5, "far ahead", "ours", List.of("slow", "fast", "absent"))
                        .judge(figures))
                .containsExactly(new Target.Verdict("far ahead", "≥ 5.00", 2, false));
    }

    @Test
    void aTargetWhoseReferenceIsNotInstalledHasNoVerdict() {
        assertThat(Target.atLeast(1, "ahead", "ours", "theirs").judge(List.of(rate("ours", 1))))
                .isEmpty();
    }

    private static Figure rate(String name, double... rounds) {
        return new Figure(
                "group",
                name,
                Rounds.RATE,
                Role.OURS,
                Unit.MESSAGES_PER_SECOND,
                Arrays.stream(rounds).boxed().toList());
    }
}
