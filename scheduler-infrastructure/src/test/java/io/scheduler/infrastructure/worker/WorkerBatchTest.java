package io.scheduler.infrastructure.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.worker.RejectMessageException;
import io.scheduler.core.worker.RetryLaterException;
import io.scheduler.core.worker.RetryPolicy;
import io.scheduler.core.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several messages for one handler. */
class WorkerBatchTest extends WorkingInMemory {

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
}
