package io.scheduler.infrastructure.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.worker.Worker;
import io.scheduler.core.worker.WorkerHealth.State;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Pausing and closing. */
class WorkerClosingTest extends WorkingInMemory {

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
    void closingWaitsAMomentForHandlersThatItInterrupted() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        publish("a");
        Worker worker = worker().handle(NOTE, note -> {
                    started.countDown();
                    isInterruptedWithin(Duration.ofSeconds(20));
                    Thread.sleep(300); // tidies up
                    ended.set(true);
                })
                .start();
        started.await();

        worker.close(Duration.ofMillis(50));

        assertThat(ended).isTrue();
    }

    @Test
    void whoeverIgnoresTheInterruptIsLeftAlone() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        AtomicBoolean end = new AtomicBoolean();
        publish("a");
        Worker worker = worker().handle(NOTE, note -> {
                    started.countDown();
                    while (!end.get()) {
                        Thread.onSpinWait();
                    }
                })
                .start();
        started.await();

        worker.close(Duration.ZERO);

        assertThat(worker.health().running()).isEqualTo(1);
        assertThat(queue.stats(NOTES).ready()).isEqualTo(1);
        end.set(true);
        await().until(() -> worker.health().running() == 0);
        assertThat(heard.events()).doesNotContain("succeeded");
    }

    @Test
    void whatNoHandlerBeganWithIsGivenBackAtOnceAndCostsNoAttempt() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        publish("a", "b", "c", "d");
        Worker worker = worker().prefetch(5).handle(NOTE, note -> go.await()).start();
        await().until(() -> queue.stats(NOTES).inFlight() == 4);

        Thread closing = new Thread(worker::close);
        closing.start();

        await().until(() -> queue.stats(NOTES).ready() == 3);
        assertThat(worker.health().running()).isEqualTo(1);
        go.countDown();
        closing.join();
        assertThat(queue.receive(NOTES, 10, Duration.ZERO)).hasSize(3).allMatch(delivery -> delivery.attempt() == 1);
        assertThat(heard.events())
                .doesNotContain("retried")
                .filteredOn("released"::equals)
                .hasSize(3);
    }

    @Test
    void anInterruptEndsTheWaitForHandlersAndIsKept() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        AtomicBoolean kept = new AtomicBoolean();
        publish("a");
        Worker worker = worker().handle(NOTE, note -> {
                    started.countDown();
                    isInterruptedWithin(Duration.ofSeconds(50));
                })
                .start();
        started.await();
        Thread closing = new Thread(() -> {
            worker.close(Duration.ofSeconds(50));
            kept.set(Thread.currentThread().isInterrupted());
        });
        closing.start();
        closing.interrupt();

        closing.join();

        assertThat(kept).isTrue();
        assertThat(queue.stats(NOTES).ready()).isEqualTo(1);
        await().until(() -> worker.health().running() == 0);
    }

    @Test
    void aWorkerThatWasClosedLeavesNoShutdownHook() {
        WeakReference<Worker> closed = startedAndClosed();

        // A hook would hold it for as long as the JVM runs.
        await().untilAsserted(() -> {
            System.gc();
            assertThat(closed.get()).isNull();
        });
    }

    private WeakReference<Worker> startedAndClosed() {
        Worker worker = worker().closeOnShutdown().handle(NOTE, note -> {}).start();
        worker.close();
        return new WeakReference<>(worker);
    }
}
