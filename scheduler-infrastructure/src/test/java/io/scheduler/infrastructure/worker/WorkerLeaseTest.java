package io.scheduler.infrastructure.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.worker.RetryPolicy;
import io.scheduler.core.worker.Worker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Leases while handlers run: renewed, lost, and given up after too long. */
class WorkerLeaseTest extends WorkingInMemory {

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
    void aHandlerThatSeesNoInterruptsCanAskWhetherItsLeaseWasLost() throws InterruptedException {
        AtomicBoolean cancelledAtFirst = new AtomicBoolean(true);
        CountDownLatch cancelled = new CountDownLatch(1);
        publish("a");

        try (Worker worker = worker().handleMessage(NOTE, (message, context) -> {
                    cancelledAtFirst.set(context.isCancelled());
                    queue.purge(NOTES);
                    while (!context.isCancelled()) {
                        Thread.onSpinWait();
                    }
                    cancelled.countDown();
                })
                .start()) {
            cancelled.await();
            assertThat(worker.health().isHealthy()).isTrue();
        }
        assertThat(cancelledAtFirst).isFalse();
    }

    @Test
    void oneBeatLooksAfterAllThatIsHeld() {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        publish("a", "b", "c", "d");

        try (Worker worker = worker().concurrency(2)
                .prefetch(2)
                .handle(NOTE, note -> {
                    calls.incrementAndGet();
                    go.await();
                })
                .start()) {
            await().until(() -> queue.stats(NOTES).inFlight() == 4);
            try (MessageQueue other = open(LEASE)) {
                assertThat(other.receive(NOTES, 1, LEASE.multipliedBy(3))).isEmpty();
            }
            go.countDown();
            await().until(() -> queue.size(NOTES) == 0);
            assertThat(worker.health().isHealthy()).isTrue();
        }
        assertThat(calls).hasValue(4);
    }
}
