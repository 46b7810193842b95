package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "0ms, PT0S",
        "2s, PT2S",
        "90s, PT1M30S",
        "5m, PT5M",
        "90m, PT1H30M",
        "1h, PT1H",
        "168h, P7D",
        "1500ms, PT1.5S",
        "999999999ms, PT277H46M39.999S"
    })
    void theShortFormIsReadAndWritten(String text, Duration duration) {
        assertThat(DurationText.read(text)).contains(duration);
        assertThat(DurationText.of(duration)).isEqualTo(text);
        assertThat(DurationText.read(duration.toString())).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.000000001S", "PT-1S", "PT-0.001S", "PT1000000H", "PT2562047788015215H30M7.999999999S"})
    void whatHasNoShortFormIsWrittenAsIso(Duration duration) {
        assertThat(DurationText.of(duration)).isEqualTo(duration.toString());
        assertThat(DurationText.read(duration.toString())).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5", "s", "1 s", "1.5s", "-1s", "1d", "1S", "1min", "9999999999s", "PT", "P9999999999999999D"
            })
    void anythingElseIsNoDuration(String text) {
        assertThat(DurationText.read(text)).isEmpty();
    }
}
