package io.scheduler.core.queue.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.DeadLetter;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Giving up: a message that is rejected, or has had its attempts, is kept among the dead letters as it was. */
public abstract class GivingUpContract extends QueueContract {

    private static final Duration CLOCKS_DIFFER_BY = Duration.ofSeconds(30);

    @Test
    @Rule("6.4")
    void aRejectedMessageIsADeadLetter() {
        queue().publish(orders, Messages.any());
        Deliveries.next(queue(), orders).nack();
        Delivery delivery = Deliveries.next(queue(), orders);
        Instant before = now();

        assertThat(delivery.reject("no such address: größer als 1 €")).isTrue();

        DeadLetter letter = theDeadLetter(queue());
        assertThat(letter.id()).isNotEmpty();
        assertThat(letter.queue()).isEqualTo(orders);
        assertThat(letter.reason()).isEqualTo("no such address: größer als 1 €");
        assertThat(letter.diedAt()).isBetween(before.minus(CLOCKS_DIFFER_BY), now().plus(CLOCKS_DIFFER_BY));
        assertThat(letter.attempts()).isEqualTo(2);
        assertThat(letter.message()).contains(delivery.message());
    }

    @Test
    @Rule("6.4")
    void aDeadLetterIsNoMessageOfTheQueueAnyMore() {
        queue().publishAll(orders, Messages.several(2));

        Deliveries.next(queue(), orders).reject("of no use");

        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(1, 0, 0, 1));
        assertThat(queue().size(orders)).isEqualTo(1);
        Deliveries.next(queue(), orders).ack();
        Deliveries.none(queue(), orders);
    }

    @ParameterizedTest
    @MethodSource("io.scheduler.core.queue.contract.Messages#texts")
    @Rule("6.4")
    void aDeadLetterKeepsEveryText(String text) {
        queue().publish(orders, Messages.of(text));
        Delivery delivery = Deliveries.next(queue(), orders);

        delivery.reject(text);

        DeadLetter letter = theDeadLetter(queue());
        assertThat(letter.reason()).isEqualTo(text);
        assertThat(letter.message().map(Messages::text)).contains(text);
        assertThat(letter.message().map(Messages::bytes)).contains(Messages.bytes(delivery.message()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ \"a\" : 1.0 , \"b\":[ ],\n \"\\u00e9\":\"é\" }", "1e2", "\"\\/\""})
    @Rule("6.4")
    void aDeadLetterKeepsThePayloadsBytes(String json) {
        Message message = Messages.encoded(json);
        queue().publish(orders, message);

        Deliveries.next(queue(), orders).reject("of no use");

        assertThat(theDeadLetter(queue()).message()).contains(message);
    }

    @Test
    @Rule("6.4")
    void aDeadLetterKeepsAMessageThatUsesEveryLimit() {
        queue().publish(orders, Messages.full(now()));
        Delivery delivery = Deliveries.next(queue(), orders);

        delivery.reject("of no use");

        assertThat(theDeadLetter(queue()).message()).contains(delivery.message());
    }

    @Test
    @Rule("6.4")
    void aReasonOfAThousandCharactersIsKept() {
        String reason = "é".repeat(1000);
        queue().publish(orders, Messages.any());

        Deliveries.next(queue(), orders).reject(reason);

        assertThat(theDeadLetter(queue()).reason()).isEqualTo(reason);
    }

    @Test
    @Rule("6.4")
    void aLongerReasonIsCut() {
        String kept = "é".repeat(990);
        queue().publish(orders, Messages.any());

        Deliveries.next(queue(), orders).reject(kept + "𝄞".repeat(5000));

        assertThat(theDeadLetter(queue()).reason()).startsWith(kept).hasSizeBetween(999, 1001);
    }

    @Test
    @Rule("6.4")
    void aReasonThatIsNotWellFormedKeepsNothingFromDying() {
        queue().publish(orders, Messages.any());

        assertThat(Deliveries.next(queue(), orders).reject("no \ud800 such")).isTrue();

        assertThat(theDeadLetter(queue()).reason()).startsWith("no ").endsWith(" such");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT1H"})
    @Rule("6.5")
    void aMessageThatIsHandedBackAtItsLastAttemptIsADeadLetterAtOnce(Duration delay) {
        MessageQueue consumer = open(ContractSettings.LASTING.withMaxAttempts(3));
        queue().publish(orders, Messages.any());
        Deliveries.next(consumer, orders).nack();
        Deliveries.next(consumer, orders).nack();
        Delivery last = Deliveries.next(consumer, orders);

        assertThat(last.nack(delay)).isTrue();

        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(0, 0, 0, 1));
        DeadLetter letter = theDeadLetter(queue());
        assertThat(letter.attempts()).isEqualTo(3);
        assertThat(letter.message()).contains(last.message());
        assertThat(letter.reason()).contains("3").doesNotContainIgnoringCase("lease");
        Deliveries.none(consumer, orders);
    }

    @Test
    @Rule("6.5")
    void everyDeliveryTellsHowManyAttemptsThereAre() {
        MessageQueue consumer = open(ContractSettings.LASTING.withMaxAttempts(3));
        MessageQueue patient = open(ContractSettings.LASTING.withMaxAttempts(7));
        queue().publish(orders, Messages.any());
        Delivery first = Deliveries.next(consumer, orders);
        first.nack();

        assertThat(first.maxAttempts()).isEqualTo(3);
        assertThat(Deliveries.next(patient, orders).maxAttempts()).isEqualTo(7);
    }

    @Test
    @Rule("6.5")
    void oneAttemptMayBeAllThereIs() {
        MessageQueue consumer = open(ContractSettings.LASTING.withMaxAttempts(1));
        queue().publish(orders, Messages.any());

        Deliveries.next(consumer, orders).nack();

        assertThat(theDeadLetter(queue()).attempts()).isEqualTo(1);
        Deliveries.none(consumer, orders);
    }

    @Test
    @Rule("6.5")
    void aMessageWhoseLeaseRunsOutAtItsLastAttemptIsADeadLetter() {
        MessageQueue consumer = open(ContractSettings.BRIEF.withMaxAttempts(2));
        queue().publish(orders, Messages.any());
        Deliveries.next(consumer, orders);
        letTheLeaseRunOut();
        Delivery last = Deliveries.next(consumer, orders);
        letTheLeaseRunOut();

        assertNothingComesUntilItIsDead(consumer);

        DeadLetter letter = theDeadLetter(queue());
        assertThat(letter.attempts()).isEqualTo(2);
        assertThat(letter.message()).contains(last.message());
        assertThat(letter.reason()).contains("2").containsIgnoringCase("lease");
        assertThat(last.ack()).isFalse();
        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(0, 0, 0, 1));
    }

    @Test
    @Rule("6.5")
    void aLeaseThatRunsOutAndAHandingBackAreAnAttemptEach() {
        MessageQueue consumer = open(ContractSettings.BRIEF.withMaxAttempts(2));
        queue().publish(orders, Messages.any());
        Deliveries.next(consumer, orders);
        letTheLeaseRunOut();

        Deliveries.next(consumer, orders).nack();

        assertNothingComesUntilItIsDead(consumer);
        assertThat(theDeadLetter(queue()).attempts()).isEqualTo(2);
    }

    @Test
    @Rule({"1.3", "6.4"})
    void theIdOfADeadLetterStaysRemembered() {
        Message message = Messages.any();
        queue().publish(orders, message);
        Deliveries.next(queue(), orders).reject("of no use");

        queue().publish(orders, message);

        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(0, 0, 0, 1));
    }

    private void letTheLeaseRunOut() {
        pass(ContractSettings.BRIEF.lease().plusMillis(1));
    }

    /** Leases are looked at when somebody asks for messages, so somebody does. */
    private void assertNothingComesUntilItIsDead(MessageQueue consumer) {
        Eventually.holds(() -> {
            assertThat(consumer.receive(orders, 1, Duration.ZERO)).isEmpty();
            assertThat(queue().stats(orders).dead()).isEqualTo(1);
        });
    }

    private DeadLetter theDeadLetter(MessageQueue queue) {
        List<DeadLetter> letters = queue.deadLetters(orders, 10);
        assertThat(letters).as("dead letters").hasSize(1);
        return letters.get(0);
    }
}
