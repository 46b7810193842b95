package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.worker.RetryPolicy;
import io.scheduler.core.worker.Worker;
import io.scheduler.core.worker.WorkerBuilder;
import io.scheduler.core.worker.WorkerListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The worker on a server that dies, comes back, and loses its keys; leases and closing by the server's clock. */
@ParameterizedClass
@MethodSource("binaries")
@Timeout(120)
class RedisWorkerTest extends ConsumingOnRedis {

    private static final Duration LEASE = Duration.ofSeconds(1);

    private final AtomicInteger handled = new AtomicInteger();
    private final List<Throwable> errors = new CopyOnWriteArrayList<>();

    @Test
    void aServerThatIsDownIsToldAndOutlasted() {
        try (RedisMessageQueue queue = open(config());
                Worker worker = worker(queue)
                        .handle(NOTE, note -> handled.incrementAndGet())
                        .start()) {
            publish(queue, 3);
            await().until(() -> handled.get() == 3);

            server.kill();
            await().atMost(Duration.ofSeconds(30)).until(() -> !worker.health().isHealthy());
            server.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> worker.health().isHealthy());

            publish(queue, 3);
            await().until(() -> handled.get() == 6);
            assertThat(errors).isNotEmpty();
        }
    }

    @Test
    void whatCouldNotBeAcknowledgedComesAgain() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (RedisMessageQueue queue = open(config().lease(LEASE));
                Worker worker = worker(queue)
                        .handleMessage(NOTE, (message, context) -> {
                            begun.countDown();
                            go.await();
                            handled.set(context.attempt());
                        })
                        .start()) {
            publish(queue, 1);
            begun.await();
            server.kill();
            go.countDown();
            await().atMost(Duration.ofSeconds(30)).until(() -> handled.get() == 1 && !errors.isEmpty());
            server.start();

            await().atMost(Duration.ofSeconds(60)).until(() -> handled.get() == 2);
            await().until(() -> queue.size(EMAILS) == 0);
            assertThat(worker.health().isHealthy()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEL emails", "FLUSHALL"})
    void keysThatVanishAreMissedByNobody(String command) {
        try (RedisMessageQueue queue = open(config());
                Worker worker = worker(queue)
                        .handle(NOTE, note -> handled.incrementAndGet())
                        .start()) {
            publish(queue, 1);
            await().until(() -> handled.get() == 1);

            redis.call((Object[]) command.split(" "));
            publish(queue, 2);

            await().until(() -> handled.get() == 3);
            await().until(() -> queue.size(EMAILS) == 0);
            assertThat(worker.health().lastFailure()).isEmpty();
        }
    }

    @Test
    void leasesAreRenewedWhileAHandlerRuns() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (RedisMessageQueue queue = open(config().lease(LEASE));
                RedisMessageQueue other = open(config().lease(LEASE));
                Worker worker = worker(queue)
                        .handle(NOTE, note -> {
                            handled.incrementAndGet();
                            begun.countDown();
                            go.await();
                        })
                        .start()) {
            publish(queue, 1);
            begun.await();

            assertThat(other.receive(EMAILS, 1, LEASE.multipliedBy(3))).isEmpty();

            go.countDown();
            await().until(() -> queue.size(EMAILS) == 0);
            assertThat(worker.health().isHealthy()).isTrue();
        }
        assertThat(handled).hasValue(1);
    }

    @Test
    void closingHandsBackAtOnceAllThatIsHeld() {
        CountDownLatch interrupted = new CountDownLatch(2);
        try (RedisMessageQueue queue = open(config());
                RedisMessageQueue other = open(config())) {
            Worker worker = worker(queue)
                    .concurrency(2)
                    .prefetch(3)
                    .handle(NOTE, note -> {
                        try {
                            Thread.sleep(60_000);
                        } catch (InterruptedException e) {
                            Thread.sleep(200); // closing waits for it, longer than for the messages to be handed back
                            interrupted.countDown();
                            throw e;
                        }
                    })
                    .start();
            publish(queue, 5);
            await().until(() -> pending() == 5);

            worker.close(Duration.ZERO);

            assertThat(interrupted.getCount()).isZero();
            List<Delivery> again = other.receive(EMAILS, 5, Duration.ZERO);
            assertThat(again).hasSize(5);
            assertThat(other.ackAll(again)).isEmpty();
        }
    }

    @Test
    void manyMessagesAreHandledOnceEach() {
        int count = 5_000;
        try (RedisMessageQueue queue = open(config());
                Worker worker = worker(queue)
                        .concurrency(16)
                        .prefetch(100)
                        .handle(NOTE, note -> handled.incrementAndGet())
                        .start()) {
            publish(queue, count);
            await().atMost(Duration.ofSeconds(60)).until(() -> queue.size(EMAILS) == 0);
            assertThat(worker.health().isHealthy()).isTrue();
        }
        assertThat(handled).hasValue(count);
    }

    private WorkerBuilder worker(MessageQueue queue) {
        return Worker.on(queue)
                .queue(EMAILS)
                .retry(RetryPolicy.fixed(Duration.ZERO, 100))
                .listener(new WorkerListener() {
                    @Override
                    public void onError(Throwable failure) {
                        errors.add(failure);
                    }
                });
    }
}
