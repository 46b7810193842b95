package io.scheduler.infrastructure.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.worker.RejectMessageException;
import io.scheduler.core.worker.RetryLaterException;
import io.scheduler.core.worker.RetryPolicy;
import io.scheduler.core.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What becomes of a message: done, tried again, or given up. */
class WorkerOutcomeTest extends WorkingInMemory {

    @Test
    void returningAcknowledges() {
        List<String> seen = new CopyOnWriteArrayList<>();
        publish("a", "b", "c");

        try (Worker worker = worker().handle(NOTE, seen::add).start()) {
            await().until(() -> queue.size(NOTES) == 0);
            assertThat(worker.health().isHealthy()).isTrue();
        }

        assertThat(seen).containsExactly("a", "b", "c");
        assertThat(heard.events())
                .containsSubsequence("received 1", "started", "succeeded")
                .hasSize(9);
    }

    @Test
    void throwingTriesAgainAsThePolicySays() {
        AtomicInteger calls = new AtomicInteger();
        publish("a");

        try (Worker worker = worker().retry(RetryPolicy.fixed(Duration.ofMillis(20), 3))
                .handle(NOTE, note -> {
                    calls.incrementAndGet();
                    throw new IllegalStateException("no luck");
                })
                .start()) {
            await().until(() -> queue.stats(NOTES).dead() == 1);
            assertThat(worker.health().isHealthy()).isTrue();
        }

        assertThat(calls).hasValue(3);
        assertThat(queue.deadLetters(NOTES, 1).get(0).reason())
                .isEqualTo("Gave up after 3 attempts: java.lang.IllegalStateException: no luck");
        assertThat(heard.events())
                .contains("failed no luck", "retried")
                .last()
                .asString()
                .startsWith("dead Gave up");
    }

    @Test
    void aTypeMayHaveAPolicyOfItsOwn() {
        publish("a");

        try (Worker worker = worker().retry(RetryPolicy.fixed(Duration.ZERO, 100))
                .handle(NOTE, RetryPolicy.never(), note -> {
                    throw new IllegalStateException("no luck");
                })
                .start()) {
            await().until(() -> queue.stats(NOTES).dead() == 1);
            await().until(() -> worker.health().running() == 0);
        }
        assertThat(queue.deadLetters(NOTES, 1).get(0).attempts()).isEqualTo(1);
    }

    @Test
    void rejectingGivesUpAtOnce() {
        publish("a");

        try (Worker worker = worker().handle(NOTE, note -> {
                    throw new RejectMessageException("no such address");
                })
                .start()) {
            await().until(() -> queue.stats(NOTES).dead() == 1);
            assertThat(worker.health().failuresInARow()).isZero();
        }
        assertThat(queue.deadLetters(NOTES, 1).get(0).reason()).isEqualTo("no such address");
    }

    @Test
    void aHandlerMayChooseItsOwnDelay() {
        AtomicInteger calls = new AtomicInteger();
        publish("a");

        try (Worker worker = worker().retry(RetryPolicy.never())
                .handle(NOTE, note -> {
                    if (calls.incrementAndGet() < 3) {
                        throw new RetryLaterException(Duration.ofMillis(10));
                    }
                })
                .start()) {
            await().until(() -> queue.size(NOTES) == 0);
            assertThat(worker.health().isHealthy()).isTrue();
        }
        assertThat(calls).hasValue(3);
        assertThat(queue.stats(NOTES).dead()).isZero();
    }

    @Test
    void aMessageWithoutAHandlerBecomesADeadLetterThatSaysSo() {
        queue.publish(NOTES, Message.of(NUMBER, 7));

        try (Worker worker = worker().handle(NOTE, note -> {}).start()) {
            await().until(() -> queue.stats(NOTES).dead() == 1);
            assertThat(worker.health().isHealthy()).isTrue();
        }
        assertThat(queue.deadLetters(NOTES, 1).get(0).reason())
                .isEqualTo("No handler for messages of type 'number'; this worker has those for [note]");
    }

    @Test
    void orGoesToTheHandlerForOthers() {
        List<String> types = new CopyOnWriteArrayList<>();
        queue.publish(NOTES, Message.of(NUMBER, 7));

        try (Worker worker = worker().handleOthers((message, context) -> types.add(message.type()))
                .start()) {
            await().until(() -> queue.size(NOTES) == 0);
            assertThat(worker.health().isHealthy()).isTrue();
        }
        assertThat(types).containsExactly("number");
    }

    @Test
    void aPayloadThatIsOfAnotherShapeBecomesADeadLetter() {
        queue.publish(NOTES, Message.of(MessageType.of("number", String.class), "seven"));

        try (Worker worker = worker().handle(NUMBER, number -> {}).start()) {
            await().until(() -> queue.stats(NOTES).dead() == 1);
            assertThat(worker.health().isHealthy()).isTrue();
        }
    }

    @Test
    void whatFailsAtTheQueuesLastAttemptIsToldAsDeadAndKeepsTheReason() {
        publish("a");

        try (MessageQueue two = open(LEASE, 2);
                Worker worker = worker(two)
                        .retry(RetryPolicy.fixed(Duration.ZERO, 100))
                        .handle(NOTE, note -> {
                            throw new IllegalStateException("no luck");
                        })
                        .start()) {
            await().until(() -> queue.stats(NOTES).dead() == 1);
            assertThat(worker.health().isHealthy()).isTrue();
        }

        String reason = "Gave up after 2 attempts: java.lang.IllegalStateException: no luck";
        assertThat(queue.deadLetters(NOTES, 1).get(0).reason()).isEqualTo(reason);
        assertThat(heard.events()).containsOnlyOnce("retried").last().isEqualTo("dead " + reason);
    }

    @Test
    void soIsWhatWantsToBeTriedLater() {
        publish("a");

        try (MessageQueue one = open(LEASE, 1);
                Worker worker = worker(one)
                        .handle(NOTE, note -> {
                            throw new RetryLaterException(Duration.ofHours(1));
                        })
                        .start()) {
            await().until(() -> queue.stats(NOTES).dead() == 1);
            assertThat(worker.health().isHealthy()).isTrue();
        }

        assertThat(heard.events()).doesNotContain("retried").last().asString().startsWith("dead Gave up after 1");
    }
}
