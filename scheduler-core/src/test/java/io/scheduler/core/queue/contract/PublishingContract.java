package io.scheduler.core.queue.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.MessageSerializationException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Publishing: what is stored, when, and what a list is. */
public abstract class PublishingContract extends QueueContract {

    private static final int LARGE = 1000;

    @ParameterizedTest
    @EnumSource
    @Rule("1.1")
    void whatWasPublishedIsStored(Way way) {
        way.publish(queue(), orders, Messages.any());
        way.publish(queue(), orders, Messages.any());

        assertThat(queue().stats(orders).ready()).isEqualTo(2);
    }

    @Test
    @Rule("1.1")
    void everyMessageOfAListIsStored() {
        queue().publishAll(orders, Messages.several(3));

        assertThat(queue().stats(orders).ready()).isEqualTo(3);
    }

    @Test
    @Rule("1.1")
    void everyMessageOfALongListIsStored() {
        queue().publishAll(orders, Messages.several(LARGE));

        assertThat(queue().stats(orders).ready()).isEqualTo(LARGE);
    }

    @Test
    @Rule("1.1")
    void everyPublicationThatDidNotWaitForTheOneBeforeIsStored() {
        List<CompletableFuture<Void>> publications = Messages.several(LARGE).stream()
                .map(message -> queue().publishAsync(orders, message))
                .toList();

        publications.forEach(Outcome::of);

        assertThat(queue().stats(orders).ready()).isEqualTo(LARGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 6})
    @Rule("1.2")
    void aListWithAMessageThatCannotBeStoredIsNotStoredAtAll(int position) {
        List<Message> messages = new ArrayList<>(Messages.several(7));
        messages.set(position, Messages.unserializable());

        assertThatExceptionOfType(MessageSerializationException.class)
                .isThrownBy(() -> queue().publishAll(orders, messages));

        assertThat(queue().size(orders)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 6})
    @Rule({"1.2", "1.13"})
    void aListThatWasRefusedIsStoredAsAWholeOnceItIsCorrected(int position) {
        List<Message> messages = new ArrayList<>(Messages.several(7));
        messages.set(position, Messages.unserializable());
        assertThatExceptionOfType(MessageSerializationException.class)
                .isThrownBy(() -> queue().publishAll(orders, messages));

        queue().publishAll(orders, messages.stream().map(Messages::corrected).toList());

        assertThat(queue().stats(orders).ready()).isEqualTo(7);
    }

    @Test
    @Rule("1.6")
    void anEmptyListDoesNothing() {
        queue().publishAll(orders, List.of());

        assertThat(queue().exists(orders)).isFalse();
    }

    @Test
    @Rule("1.7")
    void anAsynchronousPublicationFailsThroughItsFuture() {
        CompletableFuture<Void> publication = queue().publishAsync(orders, Messages.unserializable());

        assertThatExceptionOfType(MessageSerializationException.class).isThrownBy(() -> Outcome.of(publication));
    }

    @Test
    @Rule("1.7")
    void cancellingAFutureTakesNothingBackAndDisturbsNobody() {
        List<CompletableFuture<Void>> cancelled = new ArrayList<>();
        List<CompletableFuture<Void>> others = new ArrayList<>();
        for (int i = 0; i < LARGE / 2; i++) {
            cancelled.add(queue().publishAsync(orders, Messages.any()));
            cancelled.get(i).cancel(true);
            others.add(queue().publishAsync(orders, Messages.any()));
        }

        others.forEach(Outcome::of);

        Eventually.holds(() -> assertThat(queue().stats(orders).ready()).isEqualTo(LARGE));
    }

    @ParameterizedTest
    @MethodSource("io.scheduler.core.queue.contract.Messages#texts")
    @Rule("1.9")
    void everyTextThatIsWellFormedIsStored(String payload) {
        queue().publish(orders, Messages.of(payload));

        assertThat(queue().stats(orders).ready()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z"})
    @Rule("1.9")
    void aMessageThatUsesEveryLimitIsStored(Instant timestamp) {
        queue().publish(orders, Messages.full(timestamp));

        assertThat(queue().stats(orders).ready()).isEqualTo(1);
    }
}
