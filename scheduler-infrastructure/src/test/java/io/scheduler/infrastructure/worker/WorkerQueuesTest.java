package io.scheduler.infrastructure.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scheduler.core.message.Message;
import io.scheduler.core.worker.Worker;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Several queues. */
class WorkerQueuesTest extends WorkingInMemory {

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
}
