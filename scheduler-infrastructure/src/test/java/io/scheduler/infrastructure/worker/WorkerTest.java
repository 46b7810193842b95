package io.scheduler.infrastructure.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.ForwardingMessageQueue;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueUnavailableException;
import io.scheduler.core.worker.RejectMessageException;
import io.scheduler.core.worker.RetryLaterException;
import io.scheduler.core.worker.RetryPolicy;
import io.scheduler.core.worker.Worker;
import io.scheduler.core.worker.WorkerBuilder;
import io.scheduler.core.worker.WorkerHealth.State;
import io.scheduler.core.worker.WorkerListener;
import io.scheduler.infrastructure.json.JacksonPayloadCodec;
import io.scheduler.infrastructure.memory.InMemoryBroker;
import io.scheduler.infrastructure.memory.InMemoryMessageQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The worker, on the queue in memory: it knows the port alone, and so what holds here holds on every adapter. */
@Timeout(60)
class WorkerTest {

    private static final MessageType<String> NOTE = MessageType.of("note", String.class);
    private static final MessageType<Integer> NUMBER = MessageType.of("number", Integer.class);
    private static final QueueName NOTES = QueueName.of("notes");
    private static final QueueName URGENT = QueueName.of("urgent");
    private static final Duration LEASE = Duration.ofSeconds(1);

    private final RecordingListener heard = new RecordingListener();
    private InMemoryBroker broker;
    private MessageQueue queue;

    @BeforeEach
    void open() {
        broker = new InMemoryBroker(InstantSource.system());
        queue = open(LEASE);
    }

    @AfterEach
    void close() {
        queue.close();
    }

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
    void leasesAreRenewedWhileAHandlerRuns() {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        publish("a");

        try (Worker worker = worker().handle(NOTE, note -> {
                    calls.incrementAndGet();
                    go.await();
                })
                .start()) {
            await().until(() -> worker.health().running() == 1);
            try (MessageQueue other = open(LEASE)) {
                // Three leases long somebody else asks for the message.
                assertThat(other.receive(NOTES, 1, LEASE.multipliedBy(3))).isEmpty();
            }
            go.countDown();
            await().until(() -> queue.size(NOTES) == 0);
            assertThat(worker.health().isHealthy()).isTrue();
        }
        assertThat(calls).hasValue(1);
    }

    @Test
    void aHandlerWhoseLeaseWasLostIsInterruptedAndSettlesNothing() {
        AtomicBoolean interrupted = new AtomicBoolean();
        publish("a");

        try (Worker worker = worker().handle(NOTE, note -> {
                    queue.purge(NOTES);
                    interrupted.set(isInterruptedWithin(Duration.ofSeconds(20)));
                })
                .start()) {
            await().untilTrue(interrupted);
            await().until(() -> worker.health().running() == 0);
        }
        assertThat(heard.events()).contains("lease lost").doesNotContain("succeeded");
    }

    @Test
    void aHandlerThatTakesTooLongIsInterruptedAndTriedAgain() {
        AtomicInteger calls = new AtomicInteger();
        publish("a");

        try (Worker worker = worker().handlerTimeout(Duration.ofMillis(100))
                .retry(RetryPolicy.fixed(Duration.ZERO, 2))
                .handle(NOTE, note -> {
                    calls.incrementAndGet();
                    Thread.sleep(20_000);
                })
                .start()) {
            await().until(() -> queue.stats(NOTES).dead() == 1);
            assertThat(worker.health().isHealthy()).isTrue();
        }
        assertThat(calls).hasValue(2);
        assertThat(queue.deadLetters(NOTES, 1).get(0).reason()).contains("took longer than PT0.1S");
    }

    @Test
    void noMoreMessagesAreHeldThanHandlersRun() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch three = new CountDownLatch(3);
        publish(IntStream.range(0, 10).mapToObj(String::valueOf).toArray(String[]::new));

        try (Worker worker = worker().concurrency(3)
                .handle(NOTE, note -> {
                    three.countDown();
                    go.await();
                })
                .start()) {
            three.await();
            assertThat(queue.stats(NOTES).inFlight()).isEqualTo(3);
            assertThat(worker.health().running()).isEqualTo(3);
            go.countDown();
            await().until(() -> queue.size(NOTES) == 0);
        }
    }

    @Test
    void strictPriorityAsksTheFirstQueueFirst() {
        List<String> seen = new CopyOnWriteArrayList<>();
        publish("later", "last");
        queue.publish(URGENT, Message.of(NOTE, "first"));
        queue.publish(URGENT, Message.of(NOTE, "second"));

        try (Worker worker = Worker.on(queue)
                .queue(URGENT)
                .queue(NOTES, 1000)
                .strictPriority()
                .handle(NOTE, seen::add)
                .start()) {
            await().until(() -> queue.size(NOTES) == 0);
            assertThat(worker.health().isHealthy()).isTrue();
        }
        assertThat(seen).containsExactly("first", "second", "later", "last");
    }

    @Test
    void weightsShareTheWorkAndStarveNobody() {
        List<String> seen = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 400; i++) {
            publish("light");
            queue.publish(URGENT, Message.of(NOTE, "heavy"));
        }

        try (Worker worker = Worker.on(queue)
                .queue(URGENT, 9)
                .queue(NOTES, 1)
                .handle(NOTE, seen::add)
                .start()) {
            await().until(() -> seen.size() == 800);
            assertThat(worker.health().isHealthy()).isTrue();
        }
        long heavyAtFirst = seen.stream().limit(200).filter("heavy"::equals).count();
        // 180 are expected; the chance of fewer than 150 or none of the others is below one in a million.
        assertThat(heavyAtFirst).isBetween(150L, 199L);
    }

    @Test
    void aBatchIsAcknowledgedTogether() {
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        List<String> seen = new CopyOnWriteArrayList<>();
        publish(IntStream.range(0, 25).mapToObj(String::valueOf).toArray(String[]::new));

        try (Worker worker = worker().handleBatch(NOTE, 10, batch -> {
                    sizes.add(batch.size());
                    batch.forEach(item -> seen.add(item.payload()));
                })
                .start()) {
            await().until(() -> queue.size(NOTES) == 0);
            assertThat(worker.health().isHealthy()).isTrue();
        }
        assertThat(sizes).containsExactly(10, 10, 5);
        assertThat(seen)
                .containsExactlyElementsOf(
                        IntStream.range(0, 25).mapToObj(String::valueOf).toList());
        assertThat(heard.events()).filteredOn("succeeded"::equals).hasSize(25);
    }

    @Test
    void anItemOfABatchMayFailAlone() {
        List<String> seen = new CopyOnWriteArrayList<>();
        publish("good", "bad", "better");
        queue.publish(NOTES, Message.of(MessageType.of("note", Integer[].class), new Integer[] {1}));

        try (Worker worker = worker().handleBatch(NOTE, 10, batch -> {
                    for (var item : batch) {
                        seen.add(item.message().retryCount() + item.payload());
                        if (item.payload().equals("bad")) {
                            item.fail(new RejectMessageException("it is bad"));
                        }
                        if (item.payload().equals("better") && item.message().retryCount() == 0) {
                            item.fail(new RetryLaterException(Duration.ZERO));
                        }
                    }
                })
                .start()) {
            await().until(() -> queue.size(NOTES) == 0);
            assertThat(worker.health().isHealthy()).isTrue();
        }
        assertThat(seen).containsExactly("0good", "0bad", "0better", "1better");
        assertThat(queue.deadLetters(NOTES, 10))
                .hasSize(2)
                .anyMatch(letter -> letter.reason().equals("it is bad"));
    }

    @Test
    void aBatchThatThrowsFailsAsAWhole() {
        AtomicInteger calls = new AtomicInteger();
        publish("a", "b");

        try (Worker worker = worker().retry(RetryPolicy.fixed(Duration.ZERO, 2))
                .handleBatch(NOTE, 10, batch -> {
                    calls.incrementAndGet();
                    throw new IllegalStateException("no luck");
                })
                .start()) {
            await().until(() -> queue.stats(NOTES).dead() == 2);
            assertThat(worker.health().isHealthy()).isTrue();
        }
        assertThat(calls.get()).isBetween(2, 3);
    }

    @Test
    void leasesOfABatchAreRenewedOneByOne() {
        CountDownLatch go = new CountDownLatch(1);
        publish("a", "b", "c");

        try (Worker worker = worker().handleBatch(NOTE, 10, batch -> go.await()).start()) {
            await().until(() -> queue.stats(NOTES).inFlight() == 3);
            try (MessageQueue other = open(LEASE)) {
                assertThat(other.receive(NOTES, 1, LEASE.multipliedBy(3))).isEmpty();
            }
            go.countDown();
            await().until(() -> queue.size(NOTES) == 0);
            assertThat(worker.health().isHealthy()).isTrue();
        }
    }

    @Test
    void wrappersAreCalledFromTheFirstInwards() {
        List<String> calls = new CopyOnWriteArrayList<>();
        publish("a");

        try (Worker worker = worker().wrap(next -> (message, context) -> {
                    calls.add("outer");
                    next.handle(message, context);
                })
                .wrap(next -> (message, context) -> {
                    calls.add("inner");
                    next.handle(message, context);
                })
                .handle(NOTE, calls::add)
                .start()) {
            await().until(() -> queue.size(NOTES) == 0);
            assertThat(worker.health().isHealthy()).isTrue();
        }
        assertThat(calls).containsExactly("outer", "inner", "a");
    }

    @Test
    void aWorkerThatIsPausedReceivesNothing() {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (Worker worker = worker().handle(NOTE, seen::add).start()) {
            publish("a");
            await().until(() -> seen.size() == 1);
            worker.pause();
            assertThat(worker.health().state()).isEqualTo(State.PAUSED);
            // A receive that was under way may still bring one message.
            publish("b", "c", "d");
            await().during(Duration.ofMillis(300)).until(() -> seen.size() <= 2);

            worker.resume();

            await().until(() -> seen.size() == 4);
        }
    }

    @Test
    void closingLetsHandlersFinish() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        AtomicBoolean finished = new AtomicBoolean();
        publish("a");
        Worker worker = worker().handle(NOTE, note -> {
                    started.countDown();
                    Thread.sleep(300);
                    finished.set(true);
                })
                .start();
        started.await();

        worker.close();

        assertThat(finished).isTrue();
        assertThat(queue.size(NOTES)).isZero();
        assertThat(worker.health().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void closingHandsBackAtOnceWhatDidNotFinishInTime() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        publish("a");
        Worker worker = worker().handle(NOTE, note -> {
                    started.countDown();
                    interrupted.set(isInterruptedWithin(Duration.ofSeconds(20)));
                })
                .start();
        started.await();

        worker.close(Duration.ofMillis(50));

        List<Delivery> again = queue.receive(NOTES, 1, Duration.ZERO);
        assertThat(again).hasSize(1);
        await().untilTrue(interrupted);
        assertThat(again.get(0).ack()).isTrue();
    }

    @Test
    void noThreadOutlivesAWorkerThatIsClosed() {
        publish("a");
        Worker worker = worker().name("mortal").handle(NOTE, note -> {}).start();
        await().until(() -> queue.size(NOTES) == 0);

        worker.close();

        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("mortal")));
    }

    @Test
    void aQueueThatCannotBeReachedIsToldAndOutlasted() {
        AtomicInteger failures = new AtomicInteger(3);
        MessageQueue shaky = new ForwardingMessageQueue() {
            @Override
            protected MessageQueue delegate() {
                return queue;
            }

            @Override
            public List<Delivery> receive(QueueName name, int maxDeliveries, Duration maxWait) {
                if (failures.getAndDecrement() > 0) {
                    throw new QueueUnavailableException(Operation.on("receive", name), "no connection", null);
                }
                return super.receive(name, maxDeliveries, maxWait);
            }
        };
        publish("a");

        try (Worker worker = Worker.on(shaky)
                .queue(NOTES)
                .listener(heard)
                .handle(NOTE, note -> {})
                .start()) {
            await().until(() -> !worker.health().isHealthy());
            assertThat(worker.health().lastFailure().orElseThrow().cause()).hasMessageContaining("no connection");
            await().until(() -> queue.size(NOTES) == 0);
            await().until(() -> worker.health().isHealthy());
        }
        assertThat(heard.events())
                .filteredOn("error QueueUnavailableException"::equals)
                .hasSize(3);
    }

    @Test
    void aWorkerEndsWithItsQueue() {
        Worker worker = worker().name("orphan").handle(NOTE, note -> {}).start();

        queue.close();

        await().until(() -> worker.health().state() == State.CLOSED);
        assertThat(worker.health().isHealthy()).isFalse();
        worker.close();
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("orphan")));
    }

    @Test
    void aListenerThatFailsChangesNothing() {
        publish("a", "b");
        WorkerListener broken = new WorkerListener() {
            @Override
            public void onStarted(Delivery delivery) {
                throw new IllegalStateException("broken listener");
            }
        };

        try (Worker worker = Worker.on(queue)
                .queue(NOTES)
                .listener(broken)
                .handle(NOTE, note -> {})
                .start()) {
            await().until(() -> queue.size(NOTES) == 0);
            assertThat(worker.health().isHealthy()).isTrue();
        }
    }

    @Test
    void anExecutorOfTheCallersRunsTheHandlers() {
        List<String> threads = new CopyOnWriteArrayList<>();
        publish("a");

        try (Worker worker = worker().executor(task -> new Thread(task, "mine").start())
                .handle(NOTE, note -> threads.add(Thread.currentThread().getName()))
                .start()) {
            await().until(() -> queue.size(NOTES) == 0);
            assertThat(worker.health().isHealthy()).isTrue();
        }
        assertThat(threads).containsExactly("mine");
    }

    @Test
    void whatIsMissingOrOutOfRangeIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(Worker.on(queue).handle(NOTE, note -> {})::start)
                .withMessageContaining("queue(");
        assertThatIllegalStateException().isThrownBy(worker()::start).withMessageContaining("handle(");
        assertThatIllegalArgumentException().isThrownBy(() -> worker().concurrency(0));
        assertThatIllegalArgumentException().isThrownBy(() -> worker().queue(NOTES, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> worker().handleBatch(NOTE, 0, batch -> {}));
        assertThatIllegalArgumentException().isThrownBy(() -> worker().handlerTimeout(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> worker().handle(NOTE, note -> {}).handle(NOTE, note -> {}))
                .withMessageContaining("'note'");
    }

    private WorkerBuilder worker() {
        return Worker.on(queue).queue(NOTES).listener(heard);
    }

    private MessageQueue open(Duration lease) {
        return InMemoryMessageQueue.builder(new JacksonPayloadCodec(), broker)
                .lease(lease)
                .maxAttempts(1000)
                .build();
    }

    private void publish(String... notes) {
        for (String note : notes) {
            queue.publish(NOTES, Message.of(NOTE, note));
        }
    }

    private static boolean isInterruptedWithin(Duration time) {
        try {
            Thread.sleep(time.toMillis());
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
