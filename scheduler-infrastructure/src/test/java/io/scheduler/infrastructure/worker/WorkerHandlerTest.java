package io.scheduler.infrastructure.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.worker.RetryPolicy;
import io.scheduler.core.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How handlers are called: wrapped, on which thread, and with what they may know. */
class WorkerHandlerTest extends WorkingInMemory {

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
    void aHandlerSeesWhereItsMessageCameFromAndWhichAttemptThisIs() {
        List<String> seen = new CopyOnWriteArrayList<>();
        publish("a");

        try (MessageQueue three = open(LEASE, 3);
                Worker worker = worker(three)
                        .retry(RetryPolicy.fixed(Duration.ZERO, 100))
                        .handleMessage(NOTE, (message, context) -> {
                            seen.add(context.queue() + " " + context.attempt() + " " + context.isLastAttempt());
                            throw new IllegalStateException("no luck");
                        })
                        .start()) {
            await().until(() -> queue.stats(NOTES).dead() == 1);
            assertThat(worker.health().isHealthy()).isTrue();
        }

        assertThat(seen).containsExactly("notes 1 false", "notes 2 false", "notes 3 true");
    }

    @Test
    void aPolicyThatGivesUpEarlierMakesALastAttemptToo() {
        List<Boolean> last = new CopyOnWriteArrayList<>();
        publish("a");

        try (Worker worker = worker().handleMessage(NOTE, RetryPolicy.fixed(Duration.ZERO, 2), (message, context) -> {
                    last.add(context.isLastAttempt());
                    throw new IllegalStateException("no luck");
                })
                .start()) {
            await().until(() -> queue.stats(NOTES).dead() == 1);
            assertThat(worker.health().isHealthy()).isTrue();
        }

        assertThat(last).containsExactly(false, true);
    }

    @Test
    void eachItemOfABatchHasAnAttemptOfItsOwn() {
        List<String> seen = new CopyOnWriteArrayList<>();
        publish("a");
        queue.receive(NOTES, 1, Duration.ZERO).get(0).nack();
        publish("b");

        try (Worker worker = worker().handleBatch(
                        NOTE,
                        10,
                        batch -> batch.forEach(item ->
                                seen.add(item.payload() + " " + item.context().attempt())))
                .start()) {
            await().until(() -> queue.size(NOTES) == 0);
            assertThat(worker.health().isHealthy()).isTrue();
        }

        assertThat(seen).containsExactlyInAnyOrder("a 2", "b 1");
    }

    @Test
    void aTaskOfAnExecutorThatRefusesItHandsItsMessageBack() {
        AtomicInteger refusals = new AtomicInteger(2);
        publish("a");

        try (Worker worker = worker().executor(task -> {
                    if (refusals.getAndDecrement() > 0) {
                        throw new RejectedExecutionException("busy");
                    }
                    task.run();
                })
                .handle(NOTE, note -> {})
                .start()) {
            await().until(() -> queue.size(NOTES) == 0);
            assertThat(worker.health().lastFailure().orElseThrow().cause()).hasMessage("busy");
        }

        assertThat(heard.events())
                .containsOnlyOnce("succeeded")
                .filteredOn("error RejectedExecutionException"::equals)
                .hasSize(2);
    }
}
