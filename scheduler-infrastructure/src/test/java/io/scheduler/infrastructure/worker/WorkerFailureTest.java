package io.scheduler.infrastructure.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.ForwardingMessageQueue;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueUnavailableException;
import io.scheduler.core.worker.Worker;
import io.scheduler.core.worker.WorkerListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What fails around the handlers, and ends nothing. */
class WorkerFailureTest extends WorkingInMemory {

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
}
