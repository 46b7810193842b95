package io.scheduler.infrastructure.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueStats;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several threads on one queue, whose clock stands still: no lease ends. */
class InMemoryConcurrencyTest {

    private static final QueueName NOTES = QueueName.of("notes");
    private static final int THREADS = 8;
    private static final int MESSAGES = 10_000;

    private final InMemoryMessageQueue queue = new InMemoryMessageQueue(new TextCodec(), new ManualClock());

    @Test
    void everyMessageIsAcknowledgedExactlyOnce() {
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        AtomicInteger remaining = new AtomicInteger(MESSAGES);

        inThreads(thread -> {
            for (int i = thread; i < MESSAGES || remaining.get() > 0; i += THREADS) {
                if (i < MESSAGES) {
                    publish("m-" + i);
                }
                for (Delivery delivery : queue.receive(NOTES, 3, Duration.ofMillis(1))) {
                    // Every tenth is handed back once, and then is somebody else's, or nobody's.
                    boolean back =
                            delivery.attempt() == 1 && delivery.message().id().endsWith("0");
                    if (back) {
                        assertThat(delivery.nack()).isTrue();
                        assertThat(delivery.ack()).isFalse();
                    } else {
                        assertThat(delivery.ack()).isTrue();
                        acknowledged.add(delivery.message().id());
                        remaining.decrementAndGet();
                    }
                }
            }
        });

        assertThat(acknowledged).hasSize(MESSAGES).doesNotHaveDuplicates();
        assertThat(queue.stats(NOTES)).isEqualTo(new QueueStats(0, 0, 0, 0, 1, Optional.empty()));
    }

    @Test
    void aDeliveryThatManySettleIsSettledOnce() {
        for (int round = 0; round < 100; round++) {
            publish("m-" + round);
            Delivery delivery = queue.receive(NOTES, 1, Duration.ZERO).get(0);
            AtomicInteger settled = new AtomicInteger();

            inThreads(thread -> {
                boolean done = thread % 2 == 0 ? delivery.ack() : delivery.reject("of no use");
                settled.addAndGet(done ? 1 : 0);
            });

            assertThat(settled).hasValue(1);
        }
    }

    /** A thread that fails leaves the others behind: they must not keep the tests from ending. */
    private static void inThreads(IntConsumer task) {
        CompletableFuture.allOf(IntStream.range(0, THREADS)
                        .mapToObj(thread ->
                                CompletableFuture.runAsync(() -> task.accept(thread), InMemoryConcurrencyTest::start))
                        .toArray(CompletableFuture[]::new))
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private static void start(Runnable job) {
        Thread thread = new Thread(job);
        thread.setDaemon(true);
        thread.start();
    }

    private void publish(String id) {
        queue.publish(
                NOTES,
                Message.builder(MessageType.of("note", String.class), "text")
                        .id(id)
                        .build());
    }
}
