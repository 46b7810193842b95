package io.scheduler.core.queue.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Threads: any number of them may use one queue, and an interrupted one learns what became of its call. */
public abstract class ConcurrencyContract extends QueueContract {

    private static final int EACH = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

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

    @Test
    @Rule({"3.4", "5.1", "9.1"})
    void whatManyThreadsReceiveAndAcknowledgeIsAcknowledgedOnceEach() {
        MessageQueue another = open(ContractSettings.LASTING);
        int count = Together.THREADS * EACH;
        AtomicInteger left = new AtomicInteger(count);

        List<List<String>> acknowledged = Together.run(thread -> {
            MessageQueue own = thread % 2 == 0 ? queue() : another;
            own.publishAll(orders, Messages.several(EACH));
            List<String> ids = new ArrayList<>();
            long start = System.nanoTime();
            while (left.get() > 0 && System.nanoTime() - start < PATIENCE.toNanos()) {
                for (Delivery delivery : own.receive(orders, 1 + thread, Duration.ofMillis(20))) {
                    if (delivery.ack()) {
                        ids.add(delivery.message().id());
                        left.decrementAndGet();
                    }
                }
            }
            return ids;
        });

        assertThat(acknowledged.stream().flatMap(List::stream)).hasSize(count).doesNotHaveDuplicates();
        assertThat(queue().size(orders)).isZero();
    }

    @Test
    @Rule({"3.5", "9.1"})
    void manyWhoWaitKeepNobodyFromPublishingAndGetAMessageEach() {
        int many = 70;
        List<Waiting<List<Delivery>>> receives =
                Waiting.inSeveral(many, () -> queue().receive(orders, 1, Waiting.LONG));
        List<Message> messages = Messages.several(many);

        queue().publishAll(orders, messages);

        assertThat(receives)
                .flatMap(receive -> Deliveries.ids(receive.endsPromptly()))
                .containsExactlyInAnyOrderElementsOf(Messages.ids(messages));
    }

    @Test
    @Rule({"5.4", "9.1"})
    void whatManyThreadsAcknowledgeTogetherIsAcknowledgedOnceEach() {
        queue().publishAll(orders, Messages.several(Together.THREADS * EACH));
        List<Delivery> deliveries = Deliveries.next(queue(), orders, Together.THREADS * EACH);

        List<Integer> acknowledged = Together.run(thread -> {
            List<Delivery> overlapping = deliveries.subList(Math.max(0, thread - 1) * EACH, (thread + 1) * EACH);
            return overlapping.size() - queue().ackAll(overlapping).size();
        });

        assertThat(acknowledged.stream().mapToInt(Integer::intValue).sum()).isEqualTo(deliveries.size());
        assertThat(queue().size(orders)).isZero();
    }

    @Test
    @Rule({"6.8", "9.1"})
    void whatManyThreadsPutBackIsPutBackOnceEach() {
        queue().publishAll(orders, Messages.several(EACH));
        Deliveries.next(queue(), orders, EACH).forEach(delivery -> delivery.reject("of no use"));

        List<Long> redriven = Together.run(thread -> queue().redrive(orders, Integer.MAX_VALUE));

        assertThat(redriven.stream().mapToLong(Long::longValue).sum()).isEqualTo(EACH);
        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(EACH, 0, 0, 0));
    }

    @Test
    @Rule("9.2")
    void anInterruptEndsTheWaitForMessages() {
        Waiting<List<Delivery>> receive = Waiting.inReceive(queue(), orders);

        receive.interrupt();

        assertThatExceptionOfType(OutcomeUnknownException.class)
                .isThrownBy(receive::endsPromptly)
                .withMessageContaining("'" + orders + "'");
        assertThat(receive.keptItsFlag()).as("the thread's interrupt flag").isTrue();
    }

    @Test
    @Rule("9.2")
    void aThreadThatWasInterruptedBeforeDoesNotEvenBeginToWait() {
        Waiting<List<Delivery>> receive = Waiting.in(() -> {
            Thread.currentThread().interrupt();
            return queue().receive(orders, 1, Waiting.LONG);
        });

        assertThatExceptionOfType(OutcomeUnknownException.class).isThrownBy(receive::endsPromptly);
        assertThat(receive.keptItsFlag()).as("the thread's interrupt flag").isTrue();
    }

    @Test
    @Rule("9.2")
    void whatIsPublishedAfterAnInterruptIsNotLost() {
        MessageQueue consumer = open(ContractSettings.BRIEF);
        Waiting<List<Delivery>> receive = Waiting.inReceive(consumer, orders);
        receive.interrupt();
        assertThatExceptionOfType(OutcomeUnknownException.class).isThrownBy(receive::endsPromptly);
        Message message = Messages.any();

        queue().publish(orders, message);

        pass(ContractSettings.BRIEF.lease());
        assertThat(Deliveries.next(consumer, orders).message().id()).isEqualTo(message.id());
    }

    @Test
    @Rule("9.2")
    void anInterruptDisturbsNobodyElse() {
        Waiting<List<Delivery>> interrupted = Waiting.inReceive(queue(), orders);
        Waiting<List<Delivery>> other = Waiting.inReceive(queue(), orders);
        interrupted.interrupt();
        assertThatExceptionOfType(OutcomeUnknownException.class).isThrownBy(interrupted::endsPromptly);
        List<Message> messages = Messages.several(2);

        queue().publishAll(orders, messages);

        assertThat(Messages.ids(messages)).containsAll(Deliveries.ids(other.endsPromptly()));
    }
}
