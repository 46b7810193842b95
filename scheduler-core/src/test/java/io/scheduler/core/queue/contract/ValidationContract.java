package io.scheduler.core.queue.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageSerializationException;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueRefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Validation: what is refused before anything is sent, and how that is told. */
public abstract class ValidationContract extends QueueContract {

    @ParameterizedTest
    @EnumSource
    @Rule({"1.10", "1.12"})
    void aPayloadThatCannotBeEncodedIsRefusedByName(Way way) {
        Message message = Messages.unserializable();

        assertThatExceptionOfType(MessageSerializationException.class)
                .isThrownBy(() -> way.publish(queue(), orders, message))
                .satisfies(error -> names(error, message));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 6})
    @Rule({"1.10", "1.12"})
    void theOneMessageOfAListThatCannotBeEncodedIsNamed(int position) {
        List<Message> messages = new ArrayList<>(Messages.several(7));
        messages.set(position, Messages.unserializable());

        assertThatExceptionOfType(MessageSerializationException.class)
                .isThrownBy(() -> queue().publishAll(orders, messages))
                .satisfies(error -> names(error, messages.get(position)));
    }

    @ParameterizedTest
    @EnumSource
    @Rule("1.11")
    void aPayloadAsLargeAsTheLimitIsStored(Way way) {
        way.publish(queue(), orders, Messages.withEncodedSize(maxPayloadSize()));

        assertThat(queue().size(orders)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    @Rule({"1.11", "1.12"})
    void aPayloadOfOneByteMoreIsRefusedWithItsSizeAndTheLimit(Way way) {
        Message message = Messages.withEncodedSize(maxPayloadSize() + 1);

        assertThatExceptionOfType(QueueRefusedException.class)
                .isThrownBy(() -> way.publish(queue(), orders, message))
                .withMessageContaining(String.valueOf(maxPayloadSize() + 1))
                .withMessageContaining(String.valueOf(maxPayloadSize()))
                .satisfies(error -> names(error, message));
    }

    @Test
    @Rule("1.11")
    void theSizeIsCountedInBytes() {
        Message message = Messages.of("é".repeat(maxPayloadSize() / 2));

        assertThatExceptionOfType(QueueRefusedException.class).isThrownBy(() -> queue().publish(orders, message));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 6})
    @Rule({"1.2", "1.11", "1.12"})
    void theOneMessageOfAListThatIsTooLargeIsNamedAndKeepsTheOthersOut(int position) {
        List<Message> messages = new ArrayList<>(Messages.several(7));
        messages.set(position, Messages.withEncodedSize(maxPayloadSize() + 1));

        assertThatExceptionOfType(QueueRefusedException.class)
                .isThrownBy(() -> queue().publishAll(orders, messages))
                .satisfies(error -> names(error, messages.get(position)));

        assertThat(queue().size(orders)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    @Rule("1.13")
    void aRefusalLeavesNoTrace(Way way) {
        Message broken = Messages.unserializable();
        Message large = Messages.withEncodedSize(maxPayloadSize() + 1);

        assertThatExceptionOfType(QueueException.class).isThrownBy(() -> way.publish(queue(), orders, broken));
        assertThatExceptionOfType(QueueException.class).isThrownBy(() -> way.publish(queue(), orders, large));

        assertThat(queue().exists(orders)).isFalse();
        way.publish(queue(), orders, Messages.corrected(broken));
        way.publish(queue(), orders, Messages.corrected(large));
        assertThat(queue().size(orders))
                .as("messages of the same ids, corrected")
                .isEqualTo(2);
    }

    @Test
    @Rule("1.14")
    void aNullIsRefusedByTheCallItself() {
        Message message = Messages.any();

        assertThatNullPointerException().isThrownBy(() -> queue().publish(null, message));
        assertThatNullPointerException().isThrownBy(() -> queue().publish(orders, null));
        assertThatNullPointerException().isThrownBy(() -> queue().publishAsync(null, message));
        assertThatNullPointerException().isThrownBy(() -> queue().publishAsync(orders, null));
        assertThatNullPointerException().isThrownBy(() -> queue().publishAll(null, List.of(message)));
        assertThatNullPointerException().isThrownBy(() -> queue().publishAll(orders, null));

        assertThat(queue().exists(orders)).isFalse();
    }

    @Test
    @Rule({"1.2", "1.14"})
    void aNullInAListIsRefusedWithTheWholeList() {
        List<Message> messages = Arrays.asList(Messages.any(), null, Messages.any());

        assertThatNullPointerException().isThrownBy(() -> queue().publishAll(orders, messages));

        assertThat(queue().exists(orders)).isFalse();
    }

    @Test
    @Rule("1.14")
    void aNullIsNoNameOfAQueue() {
        assertThatNullPointerException().isThrownBy(() -> queue().create(null));
        assertThatNullPointerException().isThrownBy(() -> queue().exists(null));
        assertThatNullPointerException().isThrownBy(() -> queue().delete(null));
        assertThatNullPointerException().isThrownBy(() -> queue().purge(null));
        assertThatNullPointerException().isThrownBy(() -> queue().stats(null));
        assertThatNullPointerException().isThrownBy(() -> queue().size(null));
        assertThatNullPointerException().isThrownBy(() -> queue().receive(null, 1, Duration.ZERO));
        assertThatNullPointerException().isThrownBy(() -> queue().deadLetters(null, 1));
        assertThatNullPointerException().isThrownBy(() -> queue().deadLetters(null, "", 1));
        assertThatNullPointerException().isThrownBy(() -> queue().redrive(null, 1));
        assertThatNullPointerException().isThrownBy(() -> queue().redrive(null, List.of()));
        assertThatNullPointerException().isThrownBy(() -> queue().purgeDeadLetters(null));
    }

    @Test
    @Rule("1.14")
    void aNullIsNoArgumentOfAnyOtherCall() {
        assertThatNullPointerException().isThrownBy(() -> queue().receive(orders, 1, null));
        assertThatNullPointerException().isThrownBy(() -> queue().ackAll(null));
        assertThatNullPointerException().isThrownBy(() -> queue().deadLetters(orders, null, 1));
        assertThatNullPointerException().isThrownBy(() -> queue().redrive(orders, null));
        assertThatNullPointerException().isThrownBy(() -> queue().redrive(orders, Collections.singleton(null)));

        assertThat(queue().exists(orders)).isFalse();
    }

    @Test
    @Rule("1.14")
    void aDeliveryThatWasAskedForNullStaysAsItIs() {
        queue().publish(orders, Messages.any());
        Delivery delivery = Deliveries.next(queue(), orders);

        assertThatNullPointerException().isThrownBy(() -> delivery.nack(null));
        assertThatNullPointerException().isThrownBy(() -> delivery.reject(null));
        assertThatNullPointerException().isThrownBy(() -> queue().ackAll(Arrays.asList(delivery, null)));

        assertThat(delivery.ack()).isTrue();
    }

    private void names(QueueException error, Message culprit) {
        assertThat(error).hasMessageContaining("'" + orders + "'").hasMessageContaining(culprit.id());
        assertThat(error.operation().queue()).contains(orders);
        assertThat(error.operation().messageIds()).contains(culprit.id());
    }
}
