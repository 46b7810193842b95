package io.scheduler.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessageIdsTest {

    private static final int RANDOM_CHARACTERS = 22;

    private final MessageIds ids = new MessageIds();

    @Test
    void idsAreShortAndMadeOfUrlSafeBase64() {
        assertThat(Stream.generate(() -> ids.next(0)).limit(5_000))
                .allMatch(id ->
                        id.matches("[A-Za-z0-9_-]{" + (RANDOM_CHARACTERS + 1) + "," + (RANDOM_CHARACTERS + 3) + "}"));
    }

    @Test
    void idsOfOneSecondDifferInTheirLastCharactersOnly() {
        List<String> made =
                Stream.generate(() -> ids.next(1_999)).limit(64 * 64 + 64).toList();

        assertThat(made.stream().map(id -> id.substring(0, RANDOM_CHARACTERS)).distinct())
                .hasSize(1);
        assertThat(made.stream().map(id -> id.substring(0, id.length() - 1)).distinct())
                .hasSize(65);
        assertThat(made).doesNotHaveDuplicates();
    }

    @Test
    void theRandomPartIsDrawnAnewInEachSecondAlsoWhenTheClockGoesBack() {
        Set<String> parts = new HashSet<>();
        for (long now : new long[] {0, 999, 1_000, 2_000, 1_500, -1}) {
            parts.add(ids.next(now).substring(0, RANDOM_CHARACTERS));
        }
        assertThat(parts).hasSize(5);
    }

    @Test
    void twoThatBeginAlikeMakeOtherIds() {
        assertThat(ids.next(0)).isNotEqualTo(new MessageIds().next(0));
    }

    @Test
    void noIdIsMadeTwiceByThreadsAtTheTurnOfSeconds() {
        Set<String> made = ConcurrentHashMap.newKeySet();
        int count = 200_000;

        IntStream.range(0, count).parallel().forEach(n -> made.add(ids.next(n / 10)));

        assertThat(made).hasSize(count);
    }
}
