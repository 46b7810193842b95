package io.scheduler.infrastructure.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExponentialBackoffTest {

    private static final int SAMPLES = 2_000;

    private final IntervalFunction backoff =
            ExponentialBackoff.of(new RetryOptions(100, Duration.ofMillis(1_000), Duration.ofMillis(30_000)));

    @ParameterizedTest
    @CsvSource({"1, 1000", "2, 2000", "3, 4000", "4, 8000", "5, 16000"})
    void eachDelayIsTwiceTheOneBeforeAndRandomByHalf(int attempt, long middle) {
        LongSummaryStatistics delays = samples(backoff, attempt);

        assertThat(delays.getMin()).isBetween(middle / 2, middle * 6 / 10);
        assertThat(delays.getMax()).isBetween(middle * 14 / 10, middle * 3 / 2 + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 10, 64, 99})
    void atTheTopADelayIsStillRandomAndNeverTooLong(int attempt) {
        LongSummaryStatistics delays = samples(backoff, attempt);

        assertThat(delays.getMin()).isBetween(10_000L, 12_000L);
        assertThat(delays.getMax()).isBetween(28_000L, 30_000L);
        assertThat(delays.getAverage()).isBetween(18_000.0, 22_000.0);
    }

    @Test
    void theShortestDelaysWork() {
        IntervalFunction shortest =
                ExponentialBackoff.of(new RetryOptions(3, Duration.ofMillis(1), Duration.ofMillis(1)));

        assertThat(samples(shortest, 1))
                .extracting(LongSummaryStatistics::getMin, LongSummaryStatistics::getMax)
                .containsExactly(1L, 1L);
    }

    private static LongSummaryStatistics samples(IntervalFunction backoff, int attempt) {
        return LongStream.range(0, SAMPLES).map(i -> backoff.apply(attempt)).summaryStatistics();
    }
}
