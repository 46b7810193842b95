package io.scheduler.core.queue.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.queue.Delivery;
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

    @Test
    @Rule("2.12")
    void aQueueThatDoesWellAddsNothing() {
        queue().publish(orders, Messages.any());
        Delivery held = Deliveries.next(queue(), orders);

        Health health = queue().health(orders);

        assertThat(health.up()).isTrue();
        assertThat(health.problems()).isEqualTo(queue().health().problems());
        held.ack();
    }

    @Test
    @Rule("2.12")
    void deadLettersAreAProblemOfTheirQueue() {
        queue().publish(orders, Messages.any());
        Deliveries.next(queue(), orders).reject("of no use");

        assertThat(queue().health(orders).problems())
                .anySatisfy(problem -> assertThat(problem)
                        .contains(orders.value())
                        .contains("dead letters")
                        .contains("redrive"));
    }

    @Test
    @Rule("2.12")
    void messagesThatNobodyReceivesAreAProblemOfTheirQueue() {
        queue().publish(orders, Messages.any());

        assertThat(queue().health(orders).problems())
                .anySatisfy(
                        problem -> assertThat(problem).contains(orders.value()).contains("no consumer"));
    }

    @Test
    @Rule("2.12")
    void askingForAQueueThatDoesNotExistFindsNothingAndCreatesNothing() {
        assertThat(queue().health(orders).problems()).isEqualTo(queue().health().problems());

        assertThat(queue().exists(orders)).isFalse();
    }
}
