package io.scheduler.infrastructure.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scheduler.core.worker.Worker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much a worker holds. */
class WorkerRoomTest extends WorkingInMemory {

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
    void asManyMoreAreHeldAsWereAskedFor() {
        CountDownLatch go = new CountDownLatch(1);
        publishMany(10);

        try (Worker worker = worker().concurrency(2)
                .prefetch(3)
                .handle(NOTE, note -> go.await())
                .start()) {
            await().until(() -> queue.stats(NOTES).inFlight() == 5);
            await().during(Duration.ofMillis(200))
                    .until(() -> queue.stats(NOTES).inFlight() == 5);
            assertThat(worker.health().running()).isEqualTo(2);
            go.countDown();
            await().until(() -> queue.size(NOTES) == 0);
        }
    }

    @Test
    void whatWaitsToBeAcknowledgedIsBounded() {
        GatedAcknowledgements gated = new GatedAcknowledgements(queue);
        AtomicInteger handled = new AtomicInteger();
        publishMany(Worker.MAX_UNACKNOWLEDGED + 100);

        try (Worker worker =
                worker(gated).handle(NOTE, note -> handled.incrementAndGet()).start()) {
            await().until(() -> handled.get() == Worker.MAX_UNACKNOWLEDGED);
            await().during(Duration.ofMillis(300)).until(() -> handled.get() == Worker.MAX_UNACKNOWLEDGED);
            gated.open();
            await().until(() -> queue.size(NOTES) == 0);
            assertThat(worker.health().isHealthy()).isTrue();
        }
    }
}
