package io.scheduler.core.queue.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Leases: who holds a message, until when, and what becomes of one whose consumer does not settle it. */
public abstract class LeaseContract extends QueueContract {

    @Test
    @Rule("4.1")
    void aMessageThatIsHeldGoesToNobodyElse() {
        MessageQueue another = open(ContractSettings.LASTING);
        queue().publish(orders, Messages.any());

        Delivery delivery = Deliveries.next(queue(), orders);

        Deliveries.none(another, orders);
        Deliveries.none(queue(), orders);
        assertThat(delivery.ack()).isTrue();
    }

    @Test
    @Rule("4.1")
    void aDeliveryTellsHowLongItsLeaseLasts() {
        Duration lease = Duration.ofSeconds(42);
        queue().publish(orders, Messages.any());

        Delivery delivery = Deliveries.next(open(new ContractSettings(lease, 100)), orders);

        assertThat(delivery.lease()).isEqualTo(lease);
    }

    @Test
    @Rule("4.1")
    void aLeaseLastsForItsFullTime() {
        Duration lease = Duration.ofMillis(800);
        MessageQueue holder = open(new ContractSettings(lease, 100));
        MessageQueue other = open(new ContractSettings(lease, 100));
        queue().publish(orders, Messages.any());
        Instant start = now();
        Delivery delivery = Deliveries.next(holder, orders);

        pass(Duration.ofMillis(500));
        List<Delivery> lost = other.receive(orders, 1, Duration.ZERO);
        boolean settled = delivery.ack();

        assumeHeld(start, lease);
        assertThat(lost).isEmpty();
        assertThat(settled).isTrue();
    }

    @Test
    @Rule({"2.7", "4.1"})
    void aMessageThatIsHeldIsInFlight() {
        queue().publishAll(orders, Messages.several(3));

        Deliveries.next(queue(), orders, 2);

        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(1, 0, 2, 0));
        assertThat(queue().size(orders)).isEqualTo(3);
    }

    @Test
    @Rule("2.7")
    void whatIsInFlightIsNoneThatWaitsForAConsumer() {
        queue().publish(orders, Messages.any());

        Deliveries.next(queue(), orders);

        assertThat(queue().stats(orders).oldestReadyAge()).isEmpty();
    }

    @Test
    @Rule("2.11")
    void whoeverHoldsAMessageIsCountedAsAConsumer() {
        MessageQueue another = open(ContractSettings.LASTING);
        queue().publishAll(orders, Messages.several(3));

        Deliveries.next(queue(), orders, 2);
        Deliveries.next(another, orders);

        assertThat(queue().stats(orders).consumers()).isGreaterThanOrEqualTo(2);
    }

    @Test
    @Rule("4.2")
    void whenALeaseHasRunOutAnotherConsumerGetsTheMessage() {
        MessageQueue first = open(ContractSettings.BRIEF);
        MessageQueue second = open(ContractSettings.BRIEF);
        queue().publish(orders, Messages.any());
        Delivery lost = Deliveries.next(first, orders);

        letTheLeaseRunOut();

        assertIsTheNextAttemptAfter(lost, Deliveries.next(second, orders));
    }

    @Test
    @Rule("4.2")
    void theSameConsumerGetsItToo() {
        MessageQueue consumer = open(ContractSettings.BRIEF);
        queue().publish(orders, Messages.any());
        Delivery lost = Deliveries.next(consumer, orders);

        letTheLeaseRunOut();

        assertIsTheNextAttemptAfter(lost, Deliveries.next(consumer, orders));
    }

    @Test
    @Rule("4.2")
    void everyLeaseThatRunsOutIsAnAttempt() {
        MessageQueue consumer = open(ContractSettings.BRIEF);
        queue().publish(orders, Messages.any());

        for (int attempt = 1; attempt <= 3; attempt++) {
            Delivery delivery = Deliveries.next(consumer, orders);
            assertThat(delivery.attempt()).isEqualTo(attempt);
            assertThat(delivery.message().retryCount()).isZero();
            letTheLeaseRunOut();
        }
    }

    @Test
    @Rule({"3.5", "4.2"})
    void aLeaseThatRunsOutWakesWhoeverWaits() {
        MessageQueue first = open(ContractSettings.BRIEF);
        MessageQueue second = open(ContractSettings.BRIEF);
        queue().publish(orders, Messages.any());
        Delivery lost = Deliveries.next(first, orders);
        Waiting<List<Delivery>> receive = Waiting.inReceive(second, orders);

        letTheLeaseRunOut();

        assertThat(receive.endsPromptly())
                .singleElement()
                .satisfies(delivery -> assertIsTheNextAttemptAfter(lost, delivery));
    }

    @Test
    @Rule("4.2")
    void ofMessagesThatWereTakenTogetherTheUnsettledOnesComeBack() {
        MessageQueue consumer = open(ContractSettings.BRIEF);
        queue().publishAll(orders, Messages.several(3));
        Instant start = now();
        List<Delivery> taken = Deliveries.next(consumer, orders, 3);
        boolean acknowledged = taken.get(1).ack();
        assumeHeld(start, ContractSettings.BRIEF.lease());
        assertThat(acknowledged).isTrue();

        letTheLeaseRunOut();

        assertThat(Deliveries.ids(Deliveries.next(consumer, orders, 2)))
                .containsExactlyInAnyOrder(
                        taken.get(0).message().id(), taken.get(2).message().id());
        assertThat(queue().size(orders)).isEqualTo(2);
    }

    @Test
    @Rule({"2.7", "4.2"})
    void aMessageWhoseLeaseHasRunOutIsStillCounted() {
        MessageQueue consumer = open(ContractSettings.BRIEF);
        queue().publish(orders, Messages.any());
        Deliveries.next(consumer, orders);

        letTheLeaseRunOut();

        assertThat(queue().size(orders)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    @Rule({"4.3", "5.2"})
    void whoLostAMessageToAnotherConsumerCannotSettleIt(Settlement settlement) {
        MessageQueue first = open(ContractSettings.BRIEF);
        staleSettlingChangesNothing(settlement, first, open(ContractSettings.BRIEF));
    }

    @ParameterizedTest
    @EnumSource
    @Rule({"4.3", "5.2"})
    void whoGotAMessageAgainCannotSettleItWithTheDeliveryOfBefore(Settlement settlement) {
        MessageQueue consumer = open(ContractSettings.BRIEF);
        staleSettlingChangesNothing(settlement, consumer, consumer);
    }

    private void staleSettlingChangesNothing(Settlement settlement, MessageQueue first, MessageQueue second) {
        queue().publish(orders, Messages.any());
        Delivery stale = Deliveries.next(first, orders);
        letTheLeaseRunOut();
        Delivery latest = Deliveries.next(second, orders);

        assertThat(settlement.of(stale, first)).isFalse();

        assertThat(queue().size(orders)).isEqualTo(1);
        assertThat(queue().stats(orders).delayed()).isZero();
        assertThat(queue().stats(orders).dead()).isZero();
        // On a slow machine the second lease runs out too; the message then comes again, with nothing else changed.
        while (!latest.ack()) {
            latest = Deliveries.next(second, orders);
        }
        assertThat(latest.message()).isEqualTo(stale.message());
        assertThat(queue().size(orders)).isZero();
    }

    @Test
    @Rule("4.4")
    void anExtendedLeaseBeginsAnew() {
        Duration lease = Duration.ofMillis(800);
        MessageQueue holder = open(new ContractSettings(lease, 100));
        MessageQueue other = open(new ContractSettings(lease, 100));
        queue().publish(orders, Messages.any());
        Instant taken = now();
        Delivery delivery = Deliveries.next(holder, orders);

        pass(Duration.ofMillis(500));
        Instant anew = now();
        boolean extended = delivery.extendLease();
        assumeHeld(taken, lease);
        assertThat(extended).isTrue();

        pass(Duration.ofMillis(500));
        List<Delivery> lost = other.receive(orders, 1, Duration.ZERO);
        boolean settled = delivery.ack();
        assumeHeld(anew, lease);
        assertThat(lost).isEmpty();
        assertThat(settled).isTrue();
    }

    @Test
    @Rule("4.4")
    void anExtendedLeaseRunsOutToo() {
        MessageQueue consumer = open(ContractSettings.BRIEF);
        queue().publish(orders, Messages.any());
        Delivery lost = Deliveries.next(consumer, orders);
        lost.extendLease();

        letTheLeaseRunOut();

        assertIsTheNextAttemptAfter(lost, Deliveries.next(consumer, orders));
    }

    @Test
    @Rule("4.4")
    void aLeaseMayBeExtendedManyTimesAndChangesNothingElse() {
        queue().publish(orders, Messages.any());
        Delivery delivery = Deliveries.next(queue(), orders);

        for (int i = 0; i < 5; i++) {
            assertThat(delivery.extendLease()).isTrue();
        }

        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(0, 0, 1, 0));
        assertThat(delivery.nack()).isTrue();
        assertThat(Deliveries.next(queue(), orders).attempt()).isEqualTo(2);
    }

    private void letTheLeaseRunOut() {
        pass(ContractSettings.BRIEF.lease().plusMillis(1));
    }

    /** Where the machine has stood still for so long that the lease may have run out, nothing can be observed. */
    private void assumeHeld(Instant since, Duration lease) {
        Duration passed = Duration.between(since, now());
        assumeTrue(passed.compareTo(lease) < 0, () -> "This machine let " + passed + " pass, longer than the lease");
    }

    private static void assertIsTheNextAttemptAfter(Delivery lost, Delivery next) {
        Message message = next.message();
        assertThat(next.attempt()).isEqualTo(lost.attempt() + 1);
        assertThat(message).as("the message, as it was").isEqualTo(lost.message());
        assertThat(next.queue()).isEqualTo(lost.queue());
    }
}
