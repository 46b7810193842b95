package io.scheduler.infrastructure.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.worker.BatchHandler;
import io.scheduler.core.worker.RetryPolicy;
import io.scheduler.core.worker.Worker;
import io.scheduler.infrastructure.MessageQueues;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A batch is one span, which leads to every publication that it works on. */
@Timeout(60)
class BatchTracingTest {

    @RegisterExtension
    static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

    private static final QueueName NOTES = QueueName.of("notes");
    private static final MessageType<String> NOTE = MessageType.of("note", String.class);

    private final Tracer tracer = OTEL.getOpenTelemetry().getTracer("test");
    private final TracePropagation tracing = new TracePropagation(OTEL.getOpenTelemetry());
    private final MessageQueue inMemory = MessageQueues.inMemory();
    private final MessageQueue queue = tracing.publishing(inMemory);

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void aBatchRunsInOneSpanThatIsLinkedToEachPublication() {
        queue.publish(
                NOTES,
                Message.builder(NOTE, "a").id("id-1").correlationId("order-7").build());
        queue.publishAll(NOTES, List.of(note("id-2"), note("id-3")));

        work(batch -> tracer.spanBuilder("inside").startSpan().end());

        List<SpanData> publications = spans("publish notes");
        SpanData span = onlySpan("process notes");
        assertThat(span.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(span.getParentSpanContext().isValid()).isFalse();
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(span.getEvents()).isEmpty();
        assertThat(named(span.getAttributes()))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "messaging.system", "scheduler",
                        "messaging.operation.name", "process",
                        "messaging.operation.type", "process",
                        "messaging.destination.name", "notes",
                        "messaging.batch.message_count", 3L,
                        "scheduler.message.type", "note"));
        assertThat(span.getLinks())
                .extracting(link -> link.getSpanContext().getSpanId())
                .containsExactly(
                        publications.get(0).getSpanId(),
                        publications.get(1).getSpanId(),
                        publications.get(1).getSpanId());
        assertThat(span.getLinks())
                .extracting(LinkData::getAttributes)
                .extracting(BatchTracingTest::named)
                .containsExactly(
                        Map.of(
                                "messaging.message.id", "id-1",
                                "messaging.message.conversation_id", "order-7",
                                "scheduler.message.attempt", 1L),
                        Map.of("messaging.message.id", "id-2", "scheduler.message.attempt", 1L),
                        Map.of("messaging.message.id", "id-3", "scheduler.message.attempt", 1L));
        assertThat(onlySpan("inside").getParentSpanId()).isEqualTo(span.getSpanId());
    }

    @Test
    void aMessageWithoutAContextHasNoLink() {
        inMemory.publish(NOTES, note("id-1"));
        queue.publish(NOTES, note("id-2"));

        work(batch -> {});

        SpanData span = onlySpan("process notes");
        assertThat(span.getLinks())
                .singleElement()
                .satisfies(
                        link -> assertThat(named(link.getAttributes())).containsEntry("messaging.message.id", "id-2"));
        assertThat(named(span.getAttributes())).containsEntry("messaging.batch.message_count", 2L);
    }

    @Test
    void whatABatchHandlerThrowsIsRecordedAndThrownOn() {
        queue.publishAll(NOTES, List.of(note("id-1"), note("id-2")));
        AtomicInteger calls = new AtomicInteger();

        work(batch -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("no luck");
            }
        });

        List<SpanData> attempts = spans("process notes");
        assertThat(attempts).hasSize(2);
        assertThat(attempts.get(0).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(named(attempts.get(0).getAttributes()))
                .containsEntry("error.type", "java.lang.IllegalStateException");
        assertThat(attempts.get(0).getEvents()).extracting(EventData::getName).containsExactly("exception");
        assertThat(attempts.get(1).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(attempts.get(1).getParentSpanContext().isValid())
                .as("the span of another batch of this thread is current")
                .isFalse();
        assertThat(attempts.get(1).getLinks())
                .hasSize(2)
                .allSatisfy(
                        link -> assertThat(named(link.getAttributes())).containsEntry("scheduler.message.attempt", 2L));
    }

    @Test
    void anItemThatFailedAloneIsRecordedWithItsMessage() {
        queue.publishAll(NOTES, List.of(note("id-1"), note("id-2")));

        work(batch -> batch.stream()
                .filter(item ->
                        item.message().id().equals("id-2") && item.context().attempt() == 1)
                .forEach(item -> item.fail(new IllegalStateException("no luck"))));

        SpanData first = spans("process notes").get(0);
        assertThat(first.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(first.getEvents())
                .singleElement()
                .satisfies(event -> assertThat(named(event.getAttributes()))
                        .containsEntry("messaging.message.id", "id-2")
                        .containsEntry("exception.message", "no luck"));
    }

    private void work(BatchHandler<String> handler) {
        try (Worker worker = Worker.on(queue)
                .queue(NOTES)
                .retry(RetryPolicy.fixed(Duration.ZERO, 3))
                .handleBatch(NOTE, 10, tracing.handlingBatch(handler))
                .start()) {
            await().until(() -> queue.size(NOTES) == 0);
            assertThat(worker.health().isHealthy()).isTrue();
        }
    }

    private static Message note(String id) {
        return Message.builder(NOTE, "a").id(id).build();
    }

    private static List<SpanData> spans(String name) {
        return OTEL.getSpans().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    private static SpanData onlySpan(String name) {
        List<SpanData> spans = spans(name);
        assertThat(spans).as("spans named %s", name).hasSize(1);
        return spans.get(0);
    }

    private static Map<String, Object> named(Attributes attributes) {
        Map<AttributeKey<?>, Object> all = attributes.asMap();
        return all.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().getKey(), Map.Entry::getValue));
    }
}
