package io.scheduler.infrastructure.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.ForwardingMessageQueue;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.QueueUnavailableException;
import io.scheduler.core.worker.Worker;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** How what is done is acknowledged: together, without holding handlers up. */
class WorkerAcknowledgementTest extends WorkingInMemory {

    @Test
    void whatIsDoneMeanwhileIsAcknowledgedTogether() {
        GatedAcknowledgements gated = new GatedAcknowledgements(queue);
        List<String> seen = new CopyOnWriteArrayList<>();

        try (Worker worker = worker(gated).handle(NOTE, seen::add).start()) {
            publish("first");
            await().until(() -> gated.calls().equals(List.of(1)));
            publishMany(9);
            await().until(() -> seen.size() == 10 && worker.health().running() == 0);
            assertThat(heard.events()).doesNotContain("succeeded");
            gated.open();
            await().until(() -> queue.size(NOTES) == 0);
        }

        assertThat(gated.calls()).containsExactly(1, 9);
        assertThat(heard.events()).filteredOn("succeeded"::equals).hasSize(10);
    }

    @Test
    void whatIsDoneAndCannotBeAcknowledgedIsToldAndComesAgain() {
        AtomicBoolean failed = new AtomicBoolean();
        MessageQueue shaky = new ForwardingMessageQueue() {
            @Override
            protected MessageQueue delegate() {
                return queue;
            }

            @Override
            public List<Delivery> ackAll(Collection<? extends Delivery> deliveries) {
                if (failed.compareAndSet(false, true)) {
                    throw new QueueUnavailableException(Operation.on("ack", NOTES), "no connection", null);
                }
                return super.ackAll(deliveries);
            }
        };
        publish("a");

        try (Worker worker = worker(shaky).handle(NOTE, note -> {}).start()) {
            await().until(() -> queue.size(NOTES) == 0);
            assertThat(worker.health().isHealthy()).isTrue();
        }

        assertThat(heard.events())
                .containsSubsequence(
                        "received 1",
                        "started",
                        "error QueueUnavailableException",
                        "received 2",
                        "started",
                        "succeeded")
                .hasSize(6);
    }

    @Test
    void whatWasLostBeforeItWasAcknowledgedHasNotSucceeded() {
        publish("a");

        try (Worker worker = worker().handle(NOTE, note -> queue.purge(NOTES)).start()) {
            await().until(() -> heard.events().contains("lease lost"));
            assertThat(worker.health().isHealthy()).isTrue();
        }

        assertThat(heard.events()).doesNotContain("succeeded");
    }

    @Test
    void closingWaitsForAcknowledgements() {
        GatedAcknowledgements gated = new GatedAcknowledgements(queue);
        publish("a");
        Worker worker = worker(gated).handle(NOTE, note -> {}).start();
        await().until(() -> gated.calls().size() == 1);

        Thread closing = new Thread(worker::close);
        closing.start();
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        gated.open();

        await().until(() -> !closing.isAlive());
        assertThat(queue.size(NOTES)).isZero();
        assertThat(heard.events()).last().isEqualTo("succeeded");
    }
}
