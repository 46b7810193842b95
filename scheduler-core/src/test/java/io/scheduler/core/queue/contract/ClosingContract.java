package io.scheduler.core.queue.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueClosedException;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Closing: it ends, it is final, and nothing that was under way is left hanging. */
@DisplayNameGeneration(RuleNames.class)
@Timeout(60)
public abstract class ClosingContract {

    private static final int UNDER_WAY = 500;

    private final QueueName orders = QueueName.of("orders-" + UUID.randomUUID());

    /**
     * Opens another queue, which the test closes.
     *
     * @return a queue that nobody else uses, open
     */
    protected abstract MessageQueue newQueue();

    /**
     * How long closing may take.
     *
     * @return the bound that the adapter states; 10 seconds unless this is overridden
     */
    protected Duration closesWithin() {
        return Duration.ofSeconds(10);
    }

    @AfterEach
    @Timeout(60)
    final void deleteWhatWasUsed() {
        MessageQueue queue = newQueue();
        queue.delete(orders);
        closeInTime(queue);
    }

    @Test
    @Rule("8.1")
    void closingEndsInTime() {
        MessageQueue queue = newQueue();
        queue.publish(orders, Messages.any());

        closeInTime(queue);
    }

    @Test
    @Rule("8.1")
    void aQueueThatWasNeverUsedClosesToo() {
        closeInTime(newQueue());
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
        MessageQueue queue = newQueue();

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
        MessageQueue queue = newQueue();
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

    private MessageQueue closedQueue() {
        MessageQueue queue = newQueue();
        closeInTime(queue);
        return queue;
    }

    private void closeInTime(MessageQueue queue) {
        assertTimeoutPreemptively(closesWithin(), queue::close);
    }
}
