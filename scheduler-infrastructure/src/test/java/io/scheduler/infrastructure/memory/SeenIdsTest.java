package io.scheduler.infrastructure.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SeenIdsTest {

    private final ManualClock clock = new ManualClock();
    private final SeenIds seen = new SeenIds(Duration.ofSeconds(10));

    @Test
    void whatIsTooOldIsLetGoOf() {
        for (int i = 0; i < 1000; i++) {
            seen.add("id-" + i, clock.instant());
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(seen.size()).isEqualTo(10);
    }

    @Test
    void anIdThatComesAgainDoesNotGetYounger() {
        seen.add("a", clock.instant());
        clock.advance(Duration.ofSeconds(6));
        assertThat(seen.add("a", clock.instant())).isFalse();
        clock.advance(Duration.ofSeconds(4));

        assertThat(seen.add("a", clock.instant())).isTrue();
    }
}
