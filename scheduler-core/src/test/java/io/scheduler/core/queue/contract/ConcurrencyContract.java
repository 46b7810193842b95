package io.scheduler.core.queue.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueName;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Threads: any number of them may use one queue, and an interrupted one learns what became of its call. */
public abstract class ConcurrencyContract extends QueueContract {

    private static final int EACH = 50;

    @ParameterizedTest
    @EnumSource
    @Rule({"1.1", "9.1"})
    void whatManyThreadsPublishIsStoredOnceEach(Way way) {
        Together.run(thread -> {
            Messages.several(EACH).forEach(message -> way.publish(queue(), orders, message));
            return thread;
        });

        assertThat(queue().stats(orders).ready()).isEqualTo((long) Together.THREADS * EACH);
    }

    @Test
    @Rule({"1.1", "1.2", "9.1"})
    void listsOfManyThreadsAreStoredInFull() {
        Together.run(thread -> {
            queue().publishAll(orders, Messages.several(EACH));
            return thread;
        });

        assertThat(queue().stats(orders).ready()).isEqualTo((long) Together.THREADS * EACH);
    }

    @Test
    @Rule({"1.3", "9.1"})
    void listsThatOverlapAreStoredOnce() {
        List<Message> messages = Messages.several(2 * EACH);

        Together.run(thread -> {
            queue().publishAll(orders, messages.subList(thread, thread + EACH));
            return thread;
        });

        assertThat(queue().stats(orders).ready()).isEqualTo(EACH + Together.THREADS - 1L);
    }

    @Test
    @Rule({"2.8", "9.1"})
    void everyThreadMayHaveAQueueOfItsOwn() {
        List<QueueName> names =
                Stream.generate(() -> newName("own")).limit(Together.THREADS).toList();

        Together.run(thread -> {
            Messages.several(EACH).forEach(message -> queue().publish(names.get(thread), message));
            return thread;
        });

        assertThat(names).allSatisfy(name -> assertThat(queue().size(name)).isEqualTo(EACH));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "PUBLISH_ASYNC")
    @Rule("9.2")
    void anInterruptedThreadKeepsItsFlagThroughEveryCall(PortCall call) {
        Thread.currentThread().interrupt();
        try {
            call.on(queue(), orders);
        } catch (QueueException endedByTheInterrupt) {
            assertThat(endedByTheInterrupt).isInstanceOf(OutcomeUnknownException.class);
        }

        assertThat(Thread.interrupted()).as("the thread's interrupt flag").isTrue();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "ASYNC")
    @Rule({"1.3", "9.2"})
    void aPublicationThatWasInterruptedMayBeRepeated(Way way) {
        Message message = Messages.any();
        Thread.currentThread().interrupt();
        try {
            way.publish(queue(), orders, message);
        } catch (OutcomeUnknownException perhapsStored) {
            assertThat(perhapsStored.operation().messageIds()).containsExactly(message.id());
        }
        assertThat(Thread.interrupted()).as("the thread's interrupt flag").isTrue();

        way.publish(queue(), orders, message);

        assertThat(queue().size(orders)).isEqualTo(1);
    }

    @Test
    @Rule("9.2")
    void anAsynchronousPublicationDoesNotMindAnInterrupt() {
        Thread.currentThread().interrupt();
        CompletableFuture<Void> publication = queue().publishAsync(orders, Messages.any());
        assertThat(Thread.interrupted()).as("the thread's interrupt flag").isTrue();

        Outcome.of(publication);

        assertThat(queue().size(orders)).isEqualTo(1);
    }
}
