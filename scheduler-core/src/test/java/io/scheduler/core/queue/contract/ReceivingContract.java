package io.scheduler.core.queue.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageConsumer;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Receiving: what comes, in which order, how much at once, and how long it is waited for. */
public abstract class ReceivingContract extends QueueContract {

    private static final Duration MOMENT = Duration.ofMillis(200);

    @Test
    @Rule("3.1")
    void whatIsThereComesAtOnceEvenIfMoreWasAskedFor() {
        List<Message> messages = Messages.several(2);
        queue().publishAll(orders, messages);

        Waiting<List<Delivery>> receive = Waiting.in(() -> queue().receive(orders, 10, Waiting.LONG));

        assertThat(Deliveries.ids(receive.endsPromptly())).isEqualTo(Messages.ids(messages));
    }

    @Test
    @Rule("3.1")
    void noMoreComesThanWasAskedFor() {
        List<Message> messages = Messages.several(10);
        queue().publishAll(orders, messages);

        assertThat(Deliveries.ids(queue().receive(orders, 4, MOMENT))).isEqualTo(Messages.ids(messages.subList(0, 4)));
        assertThat(Deliveries.ids(queue().receive(orders, 4, MOMENT))).isEqualTo(Messages.ids(messages.subList(4, 8)));
        assertThat(Deliveries.ids(queue().receive(orders, 4, MOMENT))).isEqualTo(Messages.ids(messages.subList(8, 10)));
        assertThat(queue().receive(orders, 4, MOMENT)).isEmpty();
    }

    @Test
    @Rule("3.1")
    void aThousandMessagesMayBeTakenAtOnce() {
        queue().publishAll(orders, Messages.several(MessageConsumer.MAX_DELIVERIES + 5));

        assertThat(queue().receive(orders, MessageConsumer.MAX_DELIVERIES, MOMENT))
                .hasSize(MessageConsumer.MAX_DELIVERIES);
        assertThat(queue().receive(orders, MessageConsumer.MAX_DELIVERIES, MOMENT))
                .hasSize(5);
    }

    @Test
    @Rule("3.1")
    void withoutAWaitItTakesWhatIsThereNow() {
        assertThat(queue().receive(orders, 1, Duration.ZERO)).isEmpty();
        queue().publish(orders, Messages.any());

        assertThat(queue().receive(orders, 1, Duration.ZERO)).hasSize(1);
        assertThat(queue().receive(orders, 1, Duration.ZERO)).isEmpty();
    }

    @Test
    @Rule("3.1")
    void whenNothingComesItReturnsWithNothingAfterTheWait() {
        long start = System.nanoTime();

        List<Delivery> deliveries = queue().receive(orders, 1, MOMENT);

        assertThat(deliveries).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("the wait, with a tolerance for another clock")
                .isBetween(MOMENT.minusMillis(10), Waiting.PROMPTLY);
    }

    @Test
    @Rule("3.1")
    void aWaitMayBeAsLongAsADurationCanBe() {
        queue().publish(orders, Messages.any());

        assertThat(queue().receive(orders, 1, Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    @Rule("3.2")
    void messagesComeInTheOrderOfTheirPublication(Way way) {
        List<Message> messages = Messages.several(7);

        messages.forEach(message -> way.publish(queue(), orders, message));

        assertThat(Deliveries.ids(Deliveries.next(queue(), orders, 7))).isEqualTo(Messages.ids(messages));
    }

    @Test
    @Rule("3.2")
    void whatOneThreadPublishesWithoutWaitingKeepsItsOrder() {
        List<Message> messages = Messages.several(2_000);

        List<CompletableFuture<Void>> publications = messages.stream()
                .map(message -> queue().publishAsync(orders, message))
                .toList();
        publications.forEach(CompletableFuture::join);

        List<String> delivered = new ArrayList<>();
        while (delivered.size() < messages.size()) {
            delivered.addAll(Deliveries.ids(queue().receive(orders, 500, Waiting.LONG)));
        }
        assertThat(delivered).isEqualTo(Messages.ids(messages));
    }

    @Test
    @Rule("3.2")
    void listsKeepTheirOrderOverSeveralReceives() {
        List<Message> messages = Messages.several(20);
        queue().publishAll(orders, messages.subList(0, 9));
        queue().publish(orders, messages.get(9));
        queue().publishAll(orders, messages.subList(10, 20));

        List<String> received = new ArrayList<>();
        while (received.size() < 20) {
            received.addAll(Deliveries.ids(Deliveries.next(queue(), orders, Math.min(3, 20 - received.size()))));
        }

        assertThat(received).isEqualTo(Messages.ids(messages));
    }

    @Test
    @Rule("3.2")
    void aConsumerThatComesLaterGoesOnWhereOthersAre() {
        List<Message> messages = Messages.several(6);
        queue().publishAll(orders, messages);
        Deliveries.next(queue(), orders, 2);

        assertThat(Deliveries.ids(Deliveries.next(open(ContractSettings.LASTING), orders, 4)))
                .isEqualTo(Messages.ids(messages.subList(2, 6)));
    }

    @ParameterizedTest
    @EnumSource
    @Rule("3.3")
    void whatComesIsWhatWasPublished(Way way) {
        Message message = Messages.builder()
                .id("order-7/1")
                .correlationId("Bestellung 7 – größer als 1 €")
                .header("z", "first")
                .header("a", "second")
                .header("traceparent", "👩‍👩‍👧‍👦")
                .timestamp(Instant.parse("1969-07-20T20:17:40.123456789Z"))
                .notBefore(now().minus(Duration.ofMinutes(1)))
                .build();

        way.publish(queue(), orders, message);

        Delivery delivery = Deliveries.next(queue(), orders);
        assertThat(delivery.queue()).isEqualTo(orders);
        assertThat(delivery.attempt()).isEqualTo(1);
        assertIsAlike(delivery.message(), message);
        assertThat(Messages.text(delivery.message())).isEqualTo("hello");
    }

    @ParameterizedTest
    @MethodSource("io.scheduler.core.queue.contract.Messages#texts")
    @Rule("3.3")
    void everyTextComesAsItWasPublished(String payload) {
        queue().publish(orders, Messages.of(payload));

        assertThat(Messages.text(Deliveries.next(queue(), orders).message())).isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z"})
    @Rule("3.3")
    void aMessageThatUsesEveryLimitComesAsItWasPublished(Instant timestamp) {
        Message message = Messages.full(timestamp).withRetryCount(Integer.MAX_VALUE - 1);

        queue().publish(orders, message);

        assertIsAlike(Deliveries.next(queue(), orders).message(), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ \"a\" : 1.0 , \"b\":[ ],\n \"\\u00e9\":\"é\" }", "1e2", "true", "[[[[]]]]", "\"\\/\""})
    @Rule("3.3")
    void aPayloadKeepsItsBytes(String json) {
        Message message = Messages.encoded(json);

        queue().publish(orders, message);

        assertThat(Deliveries.next(queue(), orders).message()).isEqualTo(message);
    }

    @Test
    @Rule("3.4")
    void consumersShareTheMessages() {
        MessageQueue another = open(ContractSettings.LASTING);
        List<Message> messages = Messages.several(6);
        queue().publishAll(orders, messages);

        List<Delivery> deliveries = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            deliveries.add(Deliveries.next(queue(), orders));
            deliveries.add(Deliveries.next(another, orders));
        }

        assertThat(Deliveries.ids(deliveries)).isEqualTo(Messages.ids(messages));
        Deliveries.none(queue(), orders);
        Deliveries.none(another, orders);
    }

    @ParameterizedTest
    @EnumSource
    @Rule("3.5")
    void aPublicationWakesWhoeverWaits(Way way) {
        Message message = Messages.any();
        Waiting<List<Delivery>> receive = Waiting.inReceive(queue(), orders);

        way.publish(open(ContractSettings.LASTING), orders, message);

        assertThat(Deliveries.ids(receive.endsPromptly())).containsExactly(message.id());
    }

    @Test
    @Rule({"3.4", "3.5"})
    void eachOfSeveralWhoWaitGetsAMessage() {
        MessageQueue another = open(ContractSettings.LASTING);
        List<Waiting<List<Delivery>>> receives = Stream.of(queue(), queue(), another)
                .map(consumer -> Waiting.inReceive(consumer, orders))
                .toList();
        List<Message> messages = Messages.several(3);

        queue().publishAll(orders, messages);

        assertThat(receives)
                .flatMap(receive -> Deliveries.ids(receive.endsPromptly()))
                .containsExactlyInAnyOrderElementsOf(Messages.ids(messages));
    }

    @Test
    @Rule({"2.8", "3.5"})
    void aPublicationToAnotherQueueConcernsNobodyHere() {
        QueueName invoices = newName("invoices");
        Waiting<List<Delivery>> receive = Waiting.inReceive(queue(), orders);
        queue().publish(invoices, Messages.any());
        Message message = Messages.any();

        queue().publish(orders, message);

        assertThat(Deliveries.ids(receive.endsPromptly())).containsExactly(message.id());
        assertThat(queue().stats(invoices).ready()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    @Rule("3.6")
    void aConsumerThatComesLaterGetsWhatWasPublishedEarlier(Way way) {
        Message message = Messages.any();
        way.publish(queue(), orders, message);

        Delivery delivery = Deliveries.next(open(ContractSettings.LASTING), orders);

        assertThat(delivery.message().id()).isEqualTo(message.id());
    }

    @Test
    @Rule("3.7")
    void whatIsOutOfRangeIsRefusedAndTakesNothing() {
        for (int number : List.of(Integer.MIN_VALUE, -1, 0, MessageConsumer.MAX_DELIVERIES + 1, Integer.MAX_VALUE)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> queue().receive(orders, number, Duration.ZERO))
                    .withMessageContaining(String.valueOf(number));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue().receive(orders, 1, Duration.ofNanos(-1)))
                .withMessageContaining("PT-0.000000001S");

        assertThat(queue().exists(orders)).isFalse();
    }

    @Test
    @Rule("3.8")
    void whoeverWaitsGoesOnWhenTheQueueIsPurged() {
        Waiting<List<Delivery>> receive = Waiting.inReceive(queue(), orders);
        Message message = Messages.any();

        queue().purge(orders);
        queue().publish(orders, message);

        assertThat(Deliveries.ids(receive.endsPromptly())).containsExactly(message.id());
    }

    @Test
    @Rule("3.8")
    void whoeverWaitsGoesOnWhenTheQueueIsDeleted() {
        Waiting<List<Delivery>> receive = Waiting.inReceive(queue(), orders);
        Message message = Messages.any();

        queue().delete(orders);
        queue().publish(orders, message);

        assertThat(Deliveries.ids(receive.endsPromptly())).containsExactly(message.id());
    }

    private static void assertIsAlike(Message received, Message published) {
        assertThat(received.withPayload(published.payload())).isEqualTo(published);
        assertThat(List.copyOf(received.headers().keySet()))
                .as("the headers, in the order given")
                .isEqualTo(List.copyOf(published.headers().keySet()));
    }
}
