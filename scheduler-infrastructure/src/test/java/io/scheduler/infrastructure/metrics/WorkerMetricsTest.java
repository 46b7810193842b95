package io.scheduler.infrastructure.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.ForwardingMessageQueue;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueUnavailableException;
import io.scheduler.core.worker.RejectMessageException;
import io.scheduler.core.worker.RetryPolicy;
import io.scheduler.core.worker.Worker;
import io.scheduler.core.worker.WorkerBuilder;
import io.scheduler.infrastructure.json.JacksonPayloadCodec;
import io.scheduler.infrastructure.memory.InMemoryMessageQueue;
import java.net.ConnectException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerMetricsTest {

    private static final QueueName NOTES = QueueName.of("notes");
    private static final MessageType<String> NOTE = MessageType.of("note", String.class);

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final MessageQueue queue = new InMemoryMessageQueue(new JacksonPayloadCodec(), InstantSource.system());

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void whatSucceedsIsCountedAndTimed() {
        publish("a", "b");

        try (Worker worker = worker(queue)
                .handle(NOTE, note -> TimeUnit.MILLISECONDS.sleep(20))
                .start()) {
            await().until(() -> count("scheduler.messages.succeeded") == 2);
            assertThat(worker.health().isHealthy()).isTrue();
        }

        assertThat(count("scheduler.messages.received")).isEqualTo(2);
        assertThat(timer("success").count()).isEqualTo(2);
        assertThat(timer("success").max(TimeUnit.MILLISECONDS)).isBetween(20.0, 20_000.0);
        assertThat(namesIn(registry))
                .containsOnly("scheduler.messages.received", "scheduler.messages.succeeded", "scheduler.handler");
    }

    @Test
    void whatFailsIsCountedAtEachAttemptUntilItIsDead() {
        publish("a");

        try (Worker worker = worker(queue)
                .retry(RetryPolicy.fixed(Duration.ZERO, 3))
                .handle(NOTE, note -> {
                    throw new IllegalStateException("no luck");
                })
                .start()) {
            await().until(() -> count("scheduler.messages.dead") == 1);
            assertThat(worker.health().isHealthy()).isTrue();
        }

        assertThat(count("scheduler.messages.received")).isEqualTo(3);
        assertThat(count("scheduler.messages.failed")).isEqualTo(3);
        assertThat(count("scheduler.messages.retried")).isEqualTo(2);
        assertThat(timer("failure").count()).isEqualTo(3);
        assertThat(registry.find("scheduler.messages.succeeded").counter()).isNull();
    }

    @Test
    void aLeaseThatWasLostIsCounted() {
        publish("a");

        try (Worker worker =
                worker(queue).handle(NOTE, note -> queue.purge(NOTES)).start()) {
            await().until(() -> count("scheduler.messages.lease.lost") == 1);
            assertThat(worker.health().isHealthy()).isTrue();
        }

        assertThat(registry.find("scheduler.handler").timer()).isNull();
    }

    @Test
    void aQueueThatCannotBeReachedCountsAsErrorsByTheirClass() {
        AtomicBoolean down = new AtomicBoolean(true);
        publish("a");

        try (Worker worker = worker(new UnreachableQueue(queue, down))
                .handle(NOTE, note -> {})
                .start()) {
            await().until(() -> errors(QueueUnavailableException.class) >= 2);
            down.set(false);
            await().until(() -> count("scheduler.messages.succeeded") == 1);
            assertThat(worker.health().isHealthy()).isTrue();
        }
    }

    @Test
    void strangersCannotFillTheRegistryWithTypes() {
        int types = 150;
        for (int i = 0; i < types; i++) {
            queue.publish(NOTES, Message.of(MessageType.of("type-" + i, String.class), "x"));
        }
        AtomicInteger handled = new AtomicInteger();

        try (Worker worker = worker(queue)
                .handleOthers((message, context) -> {
                    handled.incrementAndGet();
                    throw new RejectMessageException("nobody knows " + message.type());
                })
                .start()) {
            await().until(() -> total("scheduler.messages.dead") == types);
            assertThat(worker.health().isHealthy()).isTrue();
        }

        assertThat(handled).hasValue(types);
        assertThat(registry.find("scheduler.messages.dead").counters()).hasSize(101);
        assertThat(registry.get("scheduler.messages.dead")
                        .tag("type", "other")
                        .counter()
                        .count())
                .isEqualTo(50);
    }

    private WorkerBuilder worker(MessageQueue from) {
        return Worker.on(from).queue(NOTES).listener(new WorkerMetrics(registry));
    }

    private void publish(String... notes) {
        for (String note : notes) {
            queue.publish(NOTES, Message.of(NOTE, note));
        }
    }

    private double count(String name) {
        Counter counter =
                registry.find(name).tag("queue", "notes").tag("type", "note").counter();
        return counter == null ? 0 : counter.count();
    }

    private double errors(Class<? extends Exception> type) {
        Counter counter = registry.find("scheduler.worker.errors")
                .tag("exception", type.getName())
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private double total(String name) {
        return registry.find(name).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private Timer timer(String outcome) {
        return registry.get("scheduler.handler")
                .tags("queue", "notes", "type", "note", "outcome", outcome)
                .timer();
    }

    private static List<String> namesIn(MeterRegistry registry) {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .map(Meter.Id::getName)
                .toList();
    }

    private static final class UnreachableQueue extends ForwardingMessageQueue {

        private final MessageQueue delegate;
        private final AtomicBoolean down;

        UnreachableQueue(MessageQueue delegate, AtomicBoolean down) {
            this.delegate = delegate;
            this.down = down;
        }

        @Override
        protected MessageQueue delegate() {
            return delegate;
        }

        @Override
        public List<Delivery> receive(QueueName from, int maxDeliveries, Duration maxWait) {
            if (down.get()) {
                throw new QueueUnavailableException(
                        Operation.on("receive", from), "nobody is there", new ConnectException("refused"));
            }
            return delegate.receive(from, maxDeliveries, maxWait);
        }
    }
}
