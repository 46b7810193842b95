package io.scheduler.infrastructure.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SeenIdsTest {

    private final ManualClock clock = new ManualClock();
    private final SeenIds seen = new SeenIds();

    @Test
    void whatIsTooOldIsLetGoOf() {
        for (int i = 0; i < 1000; i++) {
            add("id-" + i);
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(seen.size()).isEqualTo(10);
    }

    @Test
    void anIdThatComesAgainDoesNotGetYounger() {
        add("a");
        clock.advance(Duration.ofSeconds(6));
        assertThat(add("a")).isFalse();
        clock.advance(Duration.ofSeconds(4));

        assertThat(add("a")).isTrue();
    }

    private boolean add(String id) {
        return seen.add(id, clock.instant(), Duration.ofSeconds(10));
    }
}
