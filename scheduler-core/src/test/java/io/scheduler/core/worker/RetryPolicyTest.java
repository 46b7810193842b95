package io.scheduler.core.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

    private static final Throwable FAILURE = new IllegalStateException();

    @ParameterizedTest
    @CsvSource({"1, 75, 125", "2, 150, 250", "3, 300, 500", "5, 1200, 2000", "9, 2250, 3000"})
    void exponentialDelaysDoubleAroundARandomPartUpToTheLongest(int attempt, long least, long most) {
        RetryPolicy policy = RetryPolicy.exponential(Duration.ofMillis(100), Duration.ofSeconds(3), 10);

        for (int i = 0; i < 100; i++) {
            assertThat(policy.delayAfter(attempt, FAILURE).orElseThrow())
                    .isBetween(Duration.ofMillis(least), Duration.ofMillis(most));
        }
    }

    @RepeatedTest(3)
    void exponentialDelaysDiffer() {
        RetryPolicy policy = RetryPolicy.exponential(Duration.ofHours(1), Duration.ofHours(2), 10);

        assertThat(policy.delayAfter(1, FAILURE)).isNotEqualTo(policy.delayAfter(1, FAILURE));
    }

    @Test
    void theLastAttemptHasNoDelay() {
        assertThat(RetryPolicy.exponential(Duration.ofMillis(1), Duration.ofMillis(1), 3)
                        .delayAfter(3, FAILURE))
                .isEmpty();
        assertThat(RetryPolicy.fixed(Duration.ZERO, 3).delayAfter(2, FAILURE)).contains(Duration.ZERO);
        assertThat(RetryPolicy.fixed(Duration.ZERO, 3).delayAfter(3, FAILURE)).isEmpty();
        assertThat(RetryPolicy.never().delayAfter(1, FAILURE)).isEmpty();
    }

    @Test
    void anAttemptBeyondAllBoundsHasADelayWithinThem() {
        assertThat(RetryPolicy.exponential(Duration.ofSeconds(1), Duration.ofMinutes(1), Integer.MAX_VALUE)
                        .delayAfter(Integer.MAX_VALUE - 1, FAILURE)
                        .orElseThrow())
                .isBetween(Duration.ofSeconds(45), Duration.ofMinutes(1));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.exponential(Duration.ZERO, Duration.ofSeconds(1), 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryPolicy.exponential(Duration.ofSeconds(2), Duration.ofSeconds(1), 3));
        assertThatIllegalArgumentException().isThrownBy(() -> RetryPolicy.fixed(Duration.ofMillis(-1), 3));
        assertThatIllegalArgumentException().isThrownBy(() -> RetryPolicy.fixed(Duration.ZERO, 0));
    }
}
