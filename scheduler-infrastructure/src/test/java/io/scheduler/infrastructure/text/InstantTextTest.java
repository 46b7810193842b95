package io.scheduler.infrastructure.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantTextTest {

    @Test
    void instantsAreWrittenAndReadAsTheJdkDoes() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            long nanos = new long[] {0, 1, 1_000, 1_000_000, 100_000_000}[random.nextInt(5)] * random.nextInt(10);
            Instant instant = Instant.ofEpochSecond(random.nextLong(-62_000_000_000L, 253_402_300_799L), nanos);

            assertThat(InstantText.format(instant)).isEqualTo(instant.toString());
            assertThat(InstantText.parse(instant.toString())).isEqualTo(instant);
        }
    }

    @Test
    void instantsOfOneSecondAreToldApart() {
        Instant second = Instant.parse("2026-11-23T10:15:30Z");
        for (int nanos : new int[] {0, 1, 10, 999, 1_000, 120_000, 999_999, 1_000_000, 100_000_000, 999_999_999, 0}) {
            Instant instant = second.plusNanos(nanos);
            assertThat(InstantText.format(instant)).isEqualTo(instant.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-999999999-01-01T00:00:00Z", "+12026-11-23T10:15:30.5Z", "-0001-12-31T23:59:59.9Z"})
    void yearsOfOtherLengthsAreWrittenAsTheJdkDoes(String text) {
        Instant instant = Instant.parse(text);

        assertThat(InstantText.format(instant)).isEqualTo(instant.toString());
    }

    @Test
    void threadsThatWriteOtherSecondsDoNotDisturbEachOther() {
        assertThat(IntStream.range(0, 100_000)
                        .parallel()
                        .mapToObj(n -> Instant.ofEpochSecond(n % 3, n))
                        .filter(instant -> !InstantText.format(instant).equals(instant.toString())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23T10:15:30Z",
                "2026-11-23T10:15:30.1Z",
                "2026-11-23T10:15:30.123456789Z",
                "0000-01-01T00:00:00Z",
                "2024-02-29T23:59:59.9Z",
                "2026-11-23T11:15:30+01:00",
                "2026-11-23T24:00:00Z",
                "+12026-11-23T10:15:30Z",
                "2026-11-23t10:15:30z"
            })
    void otherFormsAreReadAsTheJdkReadsThem(String text) {
        assertThat(InstantText.parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-11-23",
                "2026-11-23T10:15:30",
                "2026-11-23T10:15:30Zx",
                "2026-11-23 10:15:30Z",
                "2026-13-23T10:15:30Z",
                "2026-02-30T10:15:30Z",
                "2026-11-23T10:60:30Z",
                "2026-11-23T25:15:30Z",
                "2026-11-23T10:15:61Z",
                "2026-11-23T10:15:30,5Z",
                "2026-11-23T10:15:30.1234567890Z",
                "2026-11-2\u0663T10:15:30Z"
            })
    void whatIsNoInstantIsRefused(String text) {
        assertThatThrownBy(() -> InstantText.parse(text)).isInstanceOf(DateTimeException.class);
    }
}
