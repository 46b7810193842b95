package io.scheduler.core.queue.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Handing back: a consumer that cannot do it now lets it be tried again, at once or later. */
public abstract class HandingBackContract extends QueueContract {

    private static final Duration DELAY = Duration.ofMillis(300);

    @Test
    @Rule("6.1")
    void whatIsHandedBackComesAgainAtOnce() {
        queue().publish(orders, Messages.any());
        Delivery first = Deliveries.next(queue(), orders);

        assertThat(first.nack()).isTrue();

        assertIsARetryOf(first, Deliveries.next(queue(), orders));
    }

    @Test
    @Rule("6.1")
    void noDelayIsADelayOfZero() {
        queue().publish(orders, Messages.any());
        Delivery first = Deliveries.next(queue(), orders);

        assertThat(first.nack(Duration.ZERO)).isTrue();

        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(1, 0, 0, 0));
        assertIsARetryOf(first, Deliveries.next(queue(), orders));
    }

    @Test
    @Rule("6.1")
    void anotherConsumerMayGetIt() {
        queue().publish(orders, Messages.any());
        Delivery first = Deliveries.next(queue(), orders);

        first.nack();

        assertIsARetryOf(first, Deliveries.next(open(ContractSettings.LASTING), orders));
        Deliveries.none(queue(), orders);
    }

    @Test
    @Rule({"3.5", "6.1"})
    void whoeverWaitsIsWoken() {
        queue().publish(orders, Messages.any());
        Delivery first = Deliveries.next(queue(), orders);
        Waiting<List<Delivery>> receive = Waiting.inReceive(queue(), orders);

        first.nack();

        assertThat(receive.endsPromptly()).singleElement().satisfies(delivery -> assertIsARetryOf(first, delivery));
    }

    @Test
    @Rule("6.12")
    void whatIsReleasedComesAgainAsIfItHadNotBeenDelivered() {
        queue().publish(orders, Messages.any());
        Deliveries.next(queue(), orders).nack();
        Delivery released = Deliveries.next(queue(), orders);

        assertThat(released.release()).isTrue();

        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(1, 0, 0, 0));
        Delivery again = Deliveries.next(queue(), orders);
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.message()).isEqualTo(released.message());
        assertThat(again.ack()).isTrue();
    }

    @Test
    @Rule({"5.2", "6.12"})
    void aDeliveryThatWasReleasedIsNotTheNextOneOfTheSameAttempt() {
        queue().publish(orders, Messages.any());
        Delivery released = Deliveries.next(queue(), orders);
        released.release();
        Delivery again = Deliveries.next(queue(), orders);

        for (Settlement settlement : Settlement.values()) {
            assertThat(settlement.of(released, queue())).as("%s", settlement).isFalse();
        }

        assertThat(again.ack()).isTrue();
    }

    @Test
    @Rule("6.12")
    void releasingUsesUpNoAttempts() {
        MessageQueue consumer = open(ContractSettings.LASTING.withMaxAttempts(1));
        queue().publish(orders, Messages.any());

        for (int time = 0; time < 3; time++) {
            assertThat(Deliveries.next(consumer, orders).release()).isTrue();
        }

        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(1, 0, 0, 0));
    }

    @Test
    @Rule({"3.5", "6.12"})
    void aReleaseWakesWhoeverWaits() {
        queue().publish(orders, Messages.any());
        Delivery released = Deliveries.next(queue(), orders);
        Waiting<List<Delivery>> receive = Waiting.inReceive(queue(), orders);

        released.release();

        assertThat(receive.endsPromptly())
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.attempt()).isEqualTo(1));
    }

    @Test
    @Rule("6.1")
    void everyTimeIsCounted() {
        queue().publish(orders, Messages.any());

        for (int time = 0; time < 5; time++) {
            Delivery delivery = Deliveries.next(queue(), orders);
            assertThat(delivery.attempt()).isEqualTo(time + 1);
            assertThat(delivery.message().retryCount()).isEqualTo(time);
            delivery.nack();
        }
    }

    @Test
    @Rule("6.1")
    void aMessageThatComesAgainCanBeAcknowledged() {
        queue().publish(orders, Messages.any());
        Deliveries.next(queue(), orders).nack();

        assertThat(Deliveries.next(queue(), orders).ack()).isTrue();

        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(0, 0, 0, 0));
    }

    @Test
    @Rule("6.2")
    void withADelayItIsDelayed() {
        queue().publish(orders, Messages.any());

        assertThat(Deliveries.next(queue(), orders).nack(Duration.ofHours(1))).isTrue();

        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(0, 1, 0, 0));
        Deliveries.none(queue(), orders);
    }

    @Test
    @Rule("6.2")
    void theLongestDelayIsADelayLikeAnyOther() {
        queue().publish(orders, Messages.any());

        assertThat(Deliveries.next(queue(), orders).nack(Delivery.MAX_DELAY)).isTrue();

        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(0, 1, 0, 0));
    }

    @Test
    @Rule("6.2")
    void withADelayItComesAgainWhenThatIsOverAndNotBefore() {
        queue().publish(orders, Messages.any());
        Delivery first = Deliveries.next(queue(), orders);
        Instant handedBack = now().truncatedTo(ChronoUnit.MILLIS);
        first.nack(DELAY);

        Waiting<Arrival> arrival = Waiting.in(this::nextArrival);
        pass(DELAY.dividedBy(2));
        arrival.untilItStandsStill();
        pass(DELAY.dividedBy(2));

        assertIsARetryOf(first, arrival.endsPromptly().delivery());
        assertThat(arrival.endsPromptly().time()).isAfterOrEqualTo(handedBack.plus(DELAY));
    }

    @Test
    @Rule("6.2")
    void whatIsHandedBackForLaterDoesNotHoldUpOthers() {
        queue().publishAll(orders, Messages.several(2));
        Deliveries.next(queue(), orders).nack(Duration.ofHours(1));

        assertThat(Deliveries.next(queue(), orders).attempt()).isEqualTo(1);
    }

    @Test
    @Rule("6.3")
    void aDelayThatIsOutOfRangeIsRefusedAndTheDeliveryStaysValid() {
        queue().publish(orders, Messages.any());
        Delivery delivery = Deliveries.next(queue(), orders);

        for (Duration delay :
                List.of(Duration.ofNanos(-1), Delivery.MAX_DELAY.plusNanos(1), Duration.ofSeconds(Long.MAX_VALUE))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> delivery.nack(delay))
                    .withMessageContaining(delay.toString());
        }

        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(0, 0, 1, 0));
        assertThat(delivery.ack()).isTrue();
    }

    private static void assertIsARetryOf(Delivery first, Delivery again) {
        assertThat(again.attempt()).isEqualTo(first.attempt() + 1);
        assertThat(again.message())
                .as("the message, with its retry count raised by one")
                .isEqualTo(first.message().withRetryCount(first.message().retryCount() + 1));
    }
}
