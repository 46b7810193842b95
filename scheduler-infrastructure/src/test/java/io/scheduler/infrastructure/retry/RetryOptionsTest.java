package io.scheduler.infrastructure.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryOptionsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void delaysEndAtThirtySecondsUnlessToldOtherwise() {
        assertThat(RetryOptions.of(3, SECOND)).isEqualTo(new RetryOptions(3, SECOND, Duration.ofSeconds(30)));
    }

    @Test
    void aLongerBaseDelayRaisesTheDefault() {
        Duration minute = Duration.ofMinutes(1);

        assertThat(RetryOptions.of(3, minute)).isEqualTo(new RetryOptions(3, minute, minute));
    }

    @ParameterizedTest
    @CsvSource({"1, PT0.001S, PT0.001S", "100, PT24H, PT24H"})
    void theEdgesAreAllowed(int maxAttempts, Duration baseDelay, Duration maxDelay) {
        assertThat(new RetryOptions(maxAttempts, baseDelay, maxDelay).maxAttempts())
                .isEqualTo(maxAttempts);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 101})
    void anImpossibleNumberOfAttemptsIsRefused(int maxAttempts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryOptions.of(maxAttempts, SECOND))
                .withMessage("Invalid maxAttempts " + maxAttempts + ": allowed are 1 to 100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.0009S", "PT10.001S"})
    void anImpossibleBaseDelayIsRefused(Duration baseDelay) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryOptions(3, baseDelay, Duration.ofSeconds(10)))
                .withMessage("Invalid baseDelay " + baseDelay + ": allowed are PT0.001S to maxDelay, which is PT10S");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT24H0.001S"})
    void anImpossibleMaxDelayIsRefused(Duration maxDelay) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryOptions(3, SECOND, maxDelay))
                .withMessage("Invalid maxDelay " + maxDelay
                        + ": allowed are PT0.001S to PT24H, and not less than baseDelay");
    }

    @Test
    void nothingIsNull() {
        assertThatNullPointerException().isThrownBy(() -> RetryOptions.of(3, null));
        assertThatNullPointerException().isThrownBy(() -> new RetryOptions(3, SECOND, null));
    }
}
