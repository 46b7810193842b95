package io.scheduler.core.queue.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.queue.Health;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Health, while the broker can be reached. */
public abstract class HealthContract extends QueueContract {

    @Test
    @Rule("2.9")
    void aBrokerThatAnswersIsUpAndItsAnswerTookTime() {
        Health health = queue().health();

        assertThat(health.up())
                .as("up, with the problems %s", health.problems())
                .isTrue();
        assertThat(health.latency()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
    }

    @Test
    @Rule("2.9")
    void askingForItCreatesNothing() {
        queue().health();

        assertThat(queue().exists(orders)).isFalse();
    }
}
