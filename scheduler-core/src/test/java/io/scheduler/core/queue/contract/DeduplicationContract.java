package io.scheduler.core.queue.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.QueueName;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deduplication: a message id is stored once, so that repeating a publication is always safe. */
public abstract class DeduplicationContract extends QueueContract {

    @ParameterizedTest
    @EnumSource
    @Rule("1.3")
    void aRepeatedPublicationAddsNothingWhicheverWayItComes(Way first) {
        Message message = Messages.any();
        first.publish(queue(), orders, message);

        for (Way again : Way.values()) {
            again.publish(queue(), orders, message);
            assertThat(queue().size(orders)).as("%s after %s", again, first).isEqualTo(1);
        }
    }

    @Test
    @Rule("1.3")
    void itIsTheIdThatMakesAPublicationARepeatedOne() {
        Message message = Messages.any();
        queue().publish(orders, message);

        queue().publish(
                        orders,
                        Messages.builder()
                                .id(message.id())
                                .header("and", "everything else differs")
                                .correlationId("order-7")
                                .build());

        assertThat(queue().size(orders)).isEqualTo(1);
    }

    @Test
    @Rule("1.3")
    void theIdIsCaseSensitive() {
        queue().publish(orders, Messages.builder().id("order-a").build());
        queue().publish(orders, Messages.builder().id("order-A").build());

        assertThat(queue().size(orders)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    @Rule({"1.3", "9.1"})
    void whatManyThreadsPublishIsStoredOnce(Way way) {
        List<Message> messages = Messages.several(100);

        Together.run(thread -> {
            messages.forEach(message -> way.publish(queue(), orders, message));
            return thread;
        });

        assertThat(queue().size(orders)).isEqualTo(messages.size());
    }

    @Test
    @Rule("1.3")
    void aListStoresTheOnesThatAreNew() {
        List<Message> messages = Messages.several(5);
        queue().publish(orders, messages.get(1));
        queue().publish(orders, messages.get(3));

        queue().publishAll(orders, messages);
        queue().publishAll(orders, messages);

        assertThat(queue().size(orders)).isEqualTo(5);
    }

    @Test
    @Rule("1.4")
    void anIdThatAppearsTwiceInAListIsStoredOnce() {
        Message a = Messages.any();
        Message b = Messages.any();

        queue().publishAll(orders, List.of(a, b, a, a, b));

        assertThat(queue().size(orders)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    @Rule("1.3")
    void anIdStaysRememberedWhenItsMessageIsInFlightAndWhenItIsAcknowledged(Way again) {
        Message message = Messages.any();
        queue().publish(orders, message);
        Delivery delivery = Deliveries.next(queue(), orders);

        again.publish(queue(), orders, message);
        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(0, 0, 1, 0));
        delivery.ack();
        again.publish(queue(), orders, message);
        assertThat(queue().size(orders)).isZero();
    }

    @Test
    @Rule("1.3")
    void theFirstPublicationIsTheOneThatComes() {
        Message message = Messages.of("first");
        queue().publish(orders, message);
        queue().publish(orders, Messages.corrected(message));

        assertThat(Messages.text(Deliveries.next(queue(), orders).message())).isEqualTo("first");
    }

    @ParameterizedTest
    @EnumSource
    @Rule("1.5")
    void anotherQueueKnowsNothingOfTheId(Way way) {
        QueueName invoices = newName("invoices");
        Message message = Messages.any();

        Stream.of(orders, invoices).forEach(name -> way.publish(queue(), name, message));

        assertThat(queue().size(orders)).isEqualTo(1);
        assertThat(queue().size(invoices)).isEqualTo(1);
    }
}
