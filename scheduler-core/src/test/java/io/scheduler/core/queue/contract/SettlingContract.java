package io.scheduler.core.queue.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.ForwardingDelivery;
import io.scheduler.core.queue.MessageConsumer;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Settling: a delivery is settled once, by whom it belongs to, and a stale one harms nobody. */
public abstract class SettlingContract extends QueueContract {

    @Test
    @Rule("5.1")
    void anAcknowledgedMessageIsGone() {
        queue().publish(orders, Messages.any());

        assertThat(Deliveries.next(queue(), orders).ack()).isTrue();

        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(0, 0, 0, 0));
        Deliveries.none(queue(), orders);
    }

    @Test
    @Rule("5.1")
    void acknowledgingOneMessageLeavesTheOthers() {
        queue().publishAll(orders, Messages.several(4));
        List<Delivery> deliveries = Deliveries.next(queue(), orders, 3);

        assertThat(deliveries.get(2).ack()).isTrue();
        assertThat(deliveries.get(0).ack()).isTrue();

        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(1, 0, 1, 0));
        assertThat(deliveries.get(1).ack()).isTrue();
    }

    @Test
    @Rule("2.4")
    void aQueueWhoseMessagesAreAllAcknowledgedStays() {
        queue().publish(orders, Messages.any());
        Deliveries.next(queue(), orders).ack();

        assertThat(queue().exists(orders)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "EXTEND_LEASE")
    @Rule("5.2")
    void aDeliveryThatWasSettledCannotBeSettledAgain(Settlement first) {
        queue().publishAll(orders, Messages.several(2));
        Delivery delivery = Deliveries.next(queue(), orders);
        assertThat(first.of(delivery, queue())).isTrue();
        Counts before = Counts.of(queue(), orders);

        for (Settlement second : Settlement.values()) {
            assertThat(second.of(delivery, queue()))
                    .as("%s after %s", second, first)
                    .isFalse();
            assertThat(Counts.of(queue(), orders))
                    .as("%s after %s", second, first)
                    .isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Rule("5.2")
    void aDeliveryOfBeforeChangesNothingWhileTheNewerOneIsValid(Settlement settlement) {
        queue().publish(orders, Messages.any());
        Delivery stale = Deliveries.next(queue(), orders);
        stale.nack();
        Delivery newer = Deliveries.next(open(ContractSettings.LASTING), orders);

        assertThat(settlement.of(stale, queue())).isFalse();

        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(0, 0, 1, 0));
        assertThat(newer.ack()).isTrue();
        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(0, 0, 0, 0));
    }

    @ParameterizedTest
    @EnumSource
    @Rule({"2.5", "5.2"})
    void whatWasPurgedCannotBeSettled(Settlement settlement) {
        Message later = Messages.any();
        queue().publish(orders, Messages.any());
        Delivery stale = Deliveries.next(queue(), orders);
        queue().purge(orders);
        queue().publish(orders, later);
        Delivery newer = Deliveries.next(queue(), orders);

        assertThat(settlement.of(stale, queue())).isFalse();

        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(0, 0, 1, 0));
        assertThat(newer.message().id()).isEqualTo(later.id());
        assertThat(newer.ack()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    @Rule({"2.6", "5.2"})
    void whatWasDeletedCannotBeSettledThoughOneOfTheSameIdIsThere(Settlement settlement) {
        Message message = Messages.any();
        queue().publish(orders, message);
        Delivery stale = Deliveries.next(queue(), orders);
        queue().delete(orders);
        queue().publish(orders, message);
        Delivery newer = Deliveries.next(queue(), orders);

        assertThat(settlement.of(stale, queue())).isFalse();

        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(0, 0, 1, 0));
        assertThat(newer.attempt()).isEqualTo(1);
        assertThat(newer.ack()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "EXTEND_LEASE")
    @Rule({"5.3", "9.1"})
    void oneOfManyThreadsSettlesADelivery(Settlement settlement) {
        queue().publish(orders, Messages.any());
        Delivery delivery = Deliveries.next(queue(), orders);

        List<Boolean> settled = Together.run(thread -> settlement.of(delivery, queue()));

        assertThat(settled).containsOnlyOnce(true);
    }

    @Test
    @Rule({"5.3", "9.1"})
    void oneOfManyWaysSettlesADelivery() {
        queue().publish(orders, Messages.any());
        Delivery delivery = Deliveries.next(queue(), orders);
        List<Settlement> ways =
                List.of(Settlement.ACK, Settlement.NACK_WITH_DELAY, Settlement.REJECT, Settlement.ACK_ALL);

        List<Boolean> settled =
                Together.run(thread -> ways.get(thread % ways.size()).of(delivery, queue()));

        assertThat(settled).containsOnlyOnce(true);
        Counts counts = Counts.of(queue(), orders);
        assertThat(counts.ready() + counts.inFlight()).isZero();
        assertThat(counts.delayed() + counts.dead()).isLessThanOrEqualTo(1);
    }

    @Test
    @Rule({"5.3", "9.1"})
    void anyThreadMaySettle() {
        queue().publish(orders, Messages.any());
        Delivery delivery = Deliveries.next(queue(), orders);

        assertThat(Outcome.of(CompletableFuture.supplyAsync(delivery::ack))).isTrue();

        assertThat(queue().size(orders)).isZero();
    }

    @Test
    @Rule("5.4")
    void manyDeliveriesAreAcknowledgedAtOnce() {
        queue().publishAll(orders, Messages.several(MessageConsumer.MAX_DELIVERIES + 1));
        List<Delivery> deliveries = Deliveries.next(queue(), orders, MessageConsumer.MAX_DELIVERIES);

        assertThat(queue().ackAll(deliveries)).isEmpty();

        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(1, 0, 0, 0));
    }

    @Test
    @Rule("5.4")
    void thereIsNoLimitToHowMany() {
        int lists = 10;
        for (int i = 0; i < lists; i++) {
            queue().publishAll(orders, Messages.several(MessageConsumer.MAX_DELIVERIES));
        }
        List<Delivery> deliveries = new ArrayList<>();
        while (deliveries.size() < lists * MessageConsumer.MAX_DELIVERIES) {
            deliveries.addAll(Deliveries.next(queue(), orders, MessageConsumer.MAX_DELIVERIES));
        }

        assertThat(queue().ackAll(deliveries)).isEmpty();

        assertThat(queue().size(orders)).isZero();
    }

    @Test
    @Rule("5.4")
    void deliveriesOfSeveralQueuesAreAcknowledgedAtOnceInAnyOrder() {
        QueueName invoices = newName("invoices");
        queue().publishAll(orders, Messages.several(3));
        queue().publishAll(invoices, Messages.several(3));
        List<Delivery> ofOrders = Deliveries.next(queue(), orders, 3);
        List<Delivery> ofInvoices = Deliveries.next(queue(), invoices, 3);

        assertThat(queue().ackAll(List.of(
                        ofInvoices.get(2), ofOrders.get(1), ofInvoices.get(0), ofOrders.get(2), ofOrders.get(0))))
                .isEmpty();

        assertThat(queue().size(orders)).isZero();
        assertThat(Counts.of(queue(), invoices)).isEqualTo(new Counts(0, 0, 1, 0));
        assertThat(ofInvoices.get(1).ack()).isTrue();
    }

    /** In the middle, at one of the ends, and at both of them. */
    @ParameterizedTest
    @CsvSource({"1, 2", "1, 3", "0, 2", "0, 3", "3, 0"})
    @Rule("5.4")
    void thoseThatHadBecomeStaleAreReturnedAndTheOthersAcknowledged(int acknowledged, int handedBack) {
        queue().publishAll(orders, Messages.several(4));
        List<Delivery> deliveries = Deliveries.next(queue(), orders, 4);
        deliveries.get(acknowledged).ack();
        deliveries.get(handedBack).nack();

        List<Delivery> stale = queue().ackAll(deliveries);

        assertThat(stale)
                .usingElementComparator((a, b) -> a == b ? 0 : 1)
                .containsExactlyInAnyOrder(deliveries.get(acknowledged), deliveries.get(handedBack));
        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(1, 0, 0, 0));
    }

    @Test
    @Rule("5.4")
    void nothingIsAcknowledgedWhenThereIsNothingToAcknowledge() {
        assertThat(queue().ackAll(List.of())).isEmpty();
    }

    @Test
    @Rule("5.5")
    void aDeliveryOfAnotherQueueObjectIsRefusedAndNothingIsAcknowledged() {
        queue().publishAll(orders, Messages.several(3));
        List<Delivery> own = Deliveries.next(queue(), orders, 2);
        MessageQueue another = open(ContractSettings.LASTING);
        Delivery foreign = Deliveries.next(another, orders);

        refusesToAcknowledge(own, foreign);

        assertThat(another.ackAll(List.of(foreign))).isEmpty();
        assertThat(queue().ackAll(own)).isEmpty();
    }

    @Test
    @Rule("5.5")
    void aDeliveryThatSomebodyDecoratedIsAForeignOne() {
        queue().publishAll(orders, Messages.several(3));
        List<Delivery> own = Deliveries.next(queue(), orders, 3);
        Delivery decorated = new ForwardingDelivery() {
            @Override
            protected Delivery delegate() {
                return own.get(2);
            }
        };

        refusesToAcknowledge(own.subList(0, 2), decorated);

        assertThat(queue().ackAll(own)).isEmpty();
    }

    private void refusesToAcknowledge(List<Delivery> own, Delivery foreign) {
        List<Delivery> deliveries = new ArrayList<>(own);
        deliveries.add(1, foreign);

        assertThatIllegalArgumentException().isThrownBy(() -> queue().ackAll(deliveries));

        assertThat(queue().stats(orders).inFlight()).isEqualTo(3);
        assertThat(queue().receive(orders, 1, Duration.ZERO)).isEmpty();
    }
}
