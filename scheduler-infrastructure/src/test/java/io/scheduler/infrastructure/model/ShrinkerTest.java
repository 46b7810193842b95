package io.scheduler.infrastructure.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShrinkerTest {

    private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();

    @Test
    void whatHasToComeTogetherIsKeptInItsOrder() {
        List<Integer> culprits = List.of(3, 50, 51, 98);

        assertThat(Shrinker.shrink(HUNDRED, list -> list.containsAll(culprits))).isEqualTo(culprits);
    }

    @Test
    void whatFailsByItselfIsShrunkToNothing() {
        assertThat(Shrinker.shrink(HUNDRED, list -> true)).isEmpty();
    }

    @Test
    void whatNeedsAllOfItStays() {
        assertThat(Shrinker.shrink(HUNDRED, list -> list.size() == 100)).isEqualTo(HUNDRED);
    }

    @Test
    void aSingleCulpritIsFoundInFarFewerTriesThanThereAreElements() {
        List<List<Integer>> tried = new ArrayList<>();

        Shrinker.shrink(HUNDRED, list -> {
            tried.add(list);
            return list.contains(77);
        });

        assertThat(tried.size()).isLessThan(HUNDRED.size() / 2);
    }
}
