package io.scheduler.core.queue.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueClosedException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Closing: it ends, it is final, and nothing that was under way is left hanging. */
public abstract class ClosingContract extends QueueContract {

    private static final int UNDER_WAY = 500;

    @Test
    @Rule("8.1")
    void closingEndsInTime() {
        MessageQueue queue = open(ContractSettings.LASTING);
        queue.publish(orders, Messages.any());

        closeInTime(queue);
    }

    @Test
    @Rule("8.1")
    void aQueueThatWasNeverUsedClosesToo() {
        closeInTime(open(ContractSettings.LASTING));
    }

    @Test
    @Rule("8.1")
    void closingAgainDoesNothing() {
        MessageQueue queue = closedQueue();

        assertThatCode(() -> closeInTime(queue)).doesNotThrowAnyException();
    }

    @Test
    @Rule({"8.1", "9.1"})
    void manyThreadsMayCloseAtOnce() {
        MessageQueue queue = open(ContractSettings.LASTING);

        Together.run(thread -> {
            closeInTime(queue);
            return thread;
        });

        assertThatExceptionOfType(QueueClosedException.class).isThrownBy(queue::health);
    }

    @ParameterizedTest
    @EnumSource
    @Rule("8.2")
    void afterItEveryCallThrows(PortCall call) {
        MessageQueue queue = closedQueue();

        assertThatExceptionOfType(QueueClosedException.class).isThrownBy(() -> call.on(queue, orders));
    }

    @Test
    @Rule("8.2")
    void aClosedQueueTellsWhatWasAskedOfIt() {
        MessageQueue queue = closedQueue();

        assertThatExceptionOfType(QueueClosedException.class)
                .isThrownBy(() -> queue.purge(orders))
                .withMessageContaining("'" + orders + "'")
                .satisfies(error -> assertThat(error.operation().queue()).contains(orders));
    }

    @Test
    @Rule("8.2")
    void aClosedQueueDoesNotEvenTakeNothing() {
        MessageQueue queue = closedQueue();

        assertThatExceptionOfType(QueueClosedException.class).isThrownBy(() -> queue.publishAll(orders, List.of()));
    }

    @Test
    @Rule({"1.7", "8.2"})
    void anAsynchronousPublicationIsToldThroughItsFuture() {
        MessageQueue queue = closedQueue();

        CompletableFuture<Void> publication = queue.publishAsync(orders, Messages.any());

        assertThat(publication).isCompletedExceptionally();
        assertThatExceptionOfType(QueueClosedException.class).isThrownBy(() -> Outcome.of(publication));
    }

    @Test
    @Rule("8.3")
    void publicationsUnderWayEndAsDoneAsNotDoneOrAsUnknown() {
        MessageQueue queue = open(ContractSettings.LASTING);
        List<CompletableFuture<Void>> publications = Messages.several(UNDER_WAY).stream()
                .map(message -> queue.publishAsync(orders, message))
                .toList();

        closeInTime(queue);

        assertThat(publications).allSatisfy(publication -> {
            assertThat(publication).isDone();
            if (publication.isCompletedExceptionally()) {
                assertThatExceptionOfType(CompletionException.class)
                        .isThrownBy(publication::join)
                        .havingCause()
                        .isInstanceOfAny(OutcomeUnknownException.class, QueueClosedException.class);
            }
        });
    }

    @Test
    @Rule("8.4")
    void whoeverWaitsIsToldAtOnce() {
        MessageQueue queue = open(ContractSettings.LASTING);
        List<Waiting<List<Delivery>>> receives =
                Stream.generate(() -> Waiting.inReceive(queue, orders)).limit(2).toList();

        closeInTime(queue);

        assertThat(receives)
                .allSatisfy(receive -> assertThatExceptionOfType(QueueClosedException.class)
                        .isThrownBy(receive::endsPromptly)
                        .withMessageContaining("'" + orders + "'"));
    }

    @Test
    @Rule("8.4")
    void whatIsPublishedAfterwardsIsNotTakenByWhoeverHadWaited() {
        MessageQueue queue = open(ContractSettings.BRIEF);
        Waiting<List<Delivery>> receive = Waiting.inReceive(queue, orders);
        closeInTime(queue);
        assertThatExceptionOfType(QueueClosedException.class).isThrownBy(receive::endsPromptly);
        Message message = Messages.any();

        queue().publish(orders, message);

        pass(ContractSettings.BRIEF.lease());
        assertThat(Deliveries.next(open(ContractSettings.BRIEF), orders)
                        .message()
                        .id())
                .isEqualTo(message.id());
    }

    @ParameterizedTest
    @EnumSource
    @Rule("8.5")
    void nothingCanBeSettledAfterwards(Settlement settlement) {
        MessageQueue queue = open(ContractSettings.LASTING);
        queue().publish(orders, Messages.any());
        Delivery delivery = Deliveries.next(queue, orders);

        closeInTime(queue);

        assertThatExceptionOfType(QueueClosedException.class).isThrownBy(() -> settlement.of(delivery, queue));
        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(0, 0, 1, 0));
    }

    @Test
    @Rule("8.6")
    void whatWasNotSettledComesBackToOthers() {
        MessageQueue queue = open(ContractSettings.BRIEF);
        queue().publish(orders, Messages.any());
        Delivery lost = Deliveries.next(queue, orders);

        closeInTime(queue);
        pass(ContractSettings.BRIEF.lease().plusMillis(1));

        Delivery again = Deliveries.next(open(ContractSettings.BRIEF), orders);
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.message()).isEqualTo(lost.message());
    }

    @Test
    @Rule("8.6")
    void whatOthersHoldStaysWithThem() {
        MessageQueue queue = open(ContractSettings.LASTING);
        queue().publishAll(orders, Messages.several(2));
        Deliveries.next(queue, orders);
        Delivery other = Deliveries.next(queue(), orders);

        closeInTime(queue);

        assertThat(other.ack()).isTrue();
    }

    private MessageQueue closedQueue() {
        MessageQueue queue = open(ContractSettings.LASTING);
        closeInTime(queue);
        return queue;
    }

    private void closeInTime(MessageQueue queue) {
        assertTimeoutPreemptively(closesWithin(), queue::close);
    }
}
