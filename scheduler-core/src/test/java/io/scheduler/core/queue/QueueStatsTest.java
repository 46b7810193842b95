package io.scheduler.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueueStatsTest {

    @Test
    void theSizeIsWhatIsLeftToWorkOn() {
        QueueStats stats = new QueueStats(1, 20, 300, 4000, 5, Optional.of(Duration.ofSeconds(1)));

        assertThat(stats.size()).isEqualTo(321);
        assertThat(QueueStats.EMPTY.size()).isZero();
    }

    @Test
    void noCountIsNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new QueueStats(-1, 0, 0, 0, 0, Optional.empty()))
                .withMessage("Counts cannot be negative: ready=-1, delayed=0, inFlight=0, dead=0, consumers=0");
        assertThatIllegalArgumentException().isThrownBy(() -> new QueueStats(0, -1, 0, 0, 0, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new QueueStats(0, 0, -1, 0, 0, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new QueueStats(0, 0, 0, -1, 0, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new QueueStats(0, 0, 0, 0, -1, Optional.empty()));
    }

    @Test
    void theAgeIsEmptyAndNotNull() {
        assertThatNullPointerException()
                .isThrownBy(() -> new QueueStats(0, 0, 0, 0, 0, null))
                .withMessage("oldestReadyAge");
    }
}
