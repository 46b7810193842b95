package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgeTest {

    @ParameterizedTest
    @CsvSource({
        "PT0.9S, 0 s",
        "PT119.9S, 119 s",
        "PT120S, 2 min",
        "PT119M59S, 119 min",
        "PT2H, 2 h",
        "PT47H59M, 47 h",
        "P2D, 2 days",
        "P400D, 400 days"
    })
    void anAgeIsToldInAUnitThatLeavesTwoOrThreeDigits(Duration age, String text) {
        assertThat(Age.text(age)).isEqualTo(text);
    }
}
