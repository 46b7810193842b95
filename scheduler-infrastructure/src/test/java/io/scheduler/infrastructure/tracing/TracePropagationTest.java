package io.scheduler.infrastructure.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageBuilder;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueClosedException;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.worker.MessageHandler;
import io.scheduler.core.worker.RetryPolicy;
import io.scheduler.core.worker.Worker;
import io.scheduler.infrastructure.MessageQueues;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class TracePropagationTest {

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
    void aHandlerRunsInASpanBelowThatOfThePublication() {
        SpanContext publisher = publishInSpan(
                Message.builder(NOTE, "a").id("id-1").correlationId("order-7").build());

        work((message, context) -> tracer.spanBuilder("inside").startSpan().end());

        SpanData publication = spans("publish notes").get(0);
        assertThat(publication.getTraceId()).isEqualTo(publisher.getTraceId());
        assertThat(publication.getParentSpanId()).isEqualTo(publisher.getSpanId());
        assertThat(publication.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(attributes(publication))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "messaging.system", "scheduler",
                        "messaging.operation.name", "publish",
                        "messaging.operation.type", "send",
                        "messaging.destination.name", "notes",
                        "messaging.message.id", "id-1",
                        "messaging.message.conversation_id", "order-7",
                        "scheduler.message.type", "note"));
        SpanData span = spans("process notes").get(0);
        assertThat(span.getTraceId()).isEqualTo(publisher.getTraceId());
        assertThat(span.getParentSpanId()).isEqualTo(publication.getSpanId());
        assertThat(span.getParentSpanContext().isRemote()).isTrue();
        assertThat(span.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(attributes(span))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "messaging.system", "scheduler",
                        "messaging.operation.name", "process",
                        "messaging.operation.type", "process",
                        "messaging.destination.name", "notes",
                        "messaging.message.id", "id-1",
                        "messaging.message.conversation_id", "order-7",
                        "scheduler.message.type", "note",
                        "scheduler.message.attempt", 1L));
        assertThat(spans("inside").get(0).getParentSpanId()).isEqualTo(span.getSpanId());
    }

    @Test
    void whatAHandlerThrowsIsRecordedAndThrownOn() {
        publishInSpan(note().build());
        AtomicInteger calls = new AtomicInteger();

        work((message, context) -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("no luck");
            }
        });

        String publication = spans("publish notes").get(0).getSpanId();
        List<SpanData> attempts = spans("process notes");
        assertThat(attempts)
                .hasSize(2)
                .allSatisfy(attempt -> assertThat(attempt.getParentSpanId()).isEqualTo(publication));
        assertThat(attempts.get(0).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(attempts.get(0).getEvents()).extracting(EventData::getName).containsExactly("exception");
        assertThat(attributes(attempts.get(0))).containsEntry("error.type", "java.lang.IllegalStateException");
        assertThat(attempts.get(1).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(attributes(attempts.get(1))).containsEntry("scheduler.message.attempt", 2L);
    }

    @Test
    void aSpanIsCurrentForItsOwnHandlerAlone() {
        queue.publish(NOTES, note().build());
        inMemory.publish(NOTES, note().build());

        work((message, context) -> {});

        List<SpanData> handled = spans("process notes");
        assertThat(handled).hasSize(2);
        assertThat(handled.get(0).getParentSpanContext().isValid()).isTrue();
        assertThat(handled.get(1).getParentSpanContext().isValid()).isFalse();
    }

    @Test
    void everyWayOfPublishingCarriesTheTrace() {
        inSpan(TraceState.getDefault(), () -> {
            queue.publish(NOTES, note().build());
            queue.publishAsync(NOTES, note().build()).join();
            queue.publishAll(NOTES, List.of(note().build(), note().build()));
        });

        List<SpanData> publications = spans("publish notes");
        assertThat(received(4))
                .extracting(message -> message.headers().get("traceparent"))
                .containsExactly(
                        traceparent(publications.get(0)),
                        traceparent(publications.get(1)),
                        traceparent(publications.get(2)),
                        traceparent(publications.get(2)));
        assertThat(attributes(publications.get(2)))
                .containsEntry("messaging.batch.message_count", 2L)
                .doesNotContainKey("messaging.message.id");
    }

    @Test
    void aPublicationThatFailsEndsItsSpanAndIsThrownOn() {
        queue.close();

        assertThatExceptionOfType(QueueClosedException.class).isThrownBy(() -> queue.publish(NOTES, note().build()));
        assertThatExceptionOfType(QueueClosedException.class)
                .isThrownBy(() -> queue.publishAll(NOTES, List.of(note().build())));
        assertThat(queue.publishAsync(NOTES, note().build())).isCompletedExceptionally();

        assertThat(spans("publish notes")).hasSize(3).allSatisfy(span -> {
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(span.getEvents()).extracting(EventData::getName).containsExactly("exception");
            assertThat(attributes(span)).containsEntry("error.type", QueueClosedException.class.getName());
        });
        assertThat(Span.current().getSpanContext().isValid()).isFalse();
    }

    @Test
    void anEmptyListIsNoPublication() {
        queue.publishAll(NOTES, List.of());

        assertThat(spans("publish notes")).isEmpty();
    }

    @Test
    void everythingElseOfAMessageStaysAsItIs() {
        Message message = note().id("id-1")
                .correlationId("order-7")
                .header("tenant", "blue")
                .timestamp(InstantSource.system().instant().minusSeconds(60))
                .notBefore(InstantSource.system().instant().minusSeconds(1))
                .build();

        publishInSpan(message);

        Message received = received(1).get(0);
        assertThat(received.headers()).containsEntry("tenant", "blue").containsOnlyKeys("tenant", "traceparent");
        assertThat(received)
                .usingRecursiveComparison()
                .ignoringFields("headers", "payload")
                .isEqualTo(message);
        assertThat(received.payload(NOTE)).isEqualTo("a");
    }

    @Test
    void withoutASpanBeforeItAPublicationBeginsATrace() {
        queue.publish(NOTES, note().build());

        SpanData publication = spans("publish notes").get(0);
        assertThat(publication.getParentSpanContext().isValid()).isFalse();
        assertThat(received(1).get(0).headers()).containsOnly(Map.entry("traceparent", traceparent(publication)));
    }

    @Test
    void whereNobodyTracesAMessageIsPublishedAsItIs() {
        MessageQueue untraced = new TracePropagation(OpenTelemetry.noop()).publishing(inMemory);

        untraced.publish(NOTES, note().build());

        assertThat(received(1).get(0).headers()).isEmpty();
    }

    @Test
    void aContextThatAMessageHasAlreadyIsKept() {
        String own = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        publishInSpan(note().header("traceparent", own).build(), state("vendor", "x"));

        assertThat(received(1).get(0).headers()).containsExactlyEntriesOf(Map.of("traceparent", own));
        assertThat(spans("publish notes").get(0).getLinks())
                .singleElement()
                .satisfies(link -> assertThat(link.getSpanContext().getSpanId()).isEqualTo("b7ad6b7169203331"));
    }

    @Test
    void aMessageWithoutRoomGoesWithoutContext() {
        publishInSpan(withHeaders(Message.MAX_HEADERS), state("vendor", "x"));
        publishInSpan(withHeaders(Message.MAX_HEADERS - 1), state("vendor", "x"));
        publishInSpan(withHeaders(Message.MAX_HEADERS - 2), state("vendor", "x"));

        List<Message> messages = received(3);
        assertThat(messages.get(0).headers()).doesNotContainKeys("traceparent", "tracestate");
        assertThat(messages.get(1).headers()).containsKey("traceparent").doesNotContainKey("tracestate");
        assertThat(messages.get(2).headers()).containsKey("traceparent").containsEntry("tracestate", "vendor=x");
    }

    @Test
    void aTraceStateThatIsTooLongStaysBehind() {
        var state = TraceState.builder();
        for (int i = 0; i < 32; i++) {
            state.put("vendor-" + i, "x".repeat(256));
        }

        publishInSpan(note().build(), state.build());

        assertThat(received(1).get(0).headers()).containsOnlyKeys("traceparent");
    }

    @Test
    void aContextThatCannotBeReadIsNone() {
        queue.publish(NOTES, note().header("traceparent", "nonsense").build());

        work((message, context) -> {});

        assertThat(spans("process notes").get(0).getParentSpanContext().isValid())
                .isFalse();
    }

    private void work(MessageHandler handler) {
        try (Worker worker = Worker.on(queue)
                .queue(NOTES)
                .retry(RetryPolicy.fixed(Duration.ZERO, 3))
                .handleMessage(NOTE, handler)
                .wrap(tracing::handling)
                .start()) {
            await().until(() -> queue.size(NOTES) == 0);
            assertThat(worker.health().isHealthy()).isTrue();
        }
    }

    private SpanContext publishInSpan(Message message) {
        return publishInSpan(message, TraceState.getDefault());
    }

    private SpanContext publishInSpan(Message message, TraceState state) {
        return inSpan(state, () -> queue.publish(NOTES, message));
    }

    private static SpanContext inSpan(TraceState state, Runnable work) {
        SpanContext context = SpanContext.create(
                "0123456789abcdef0123456789abcdef", "0123456789abcdef", TraceFlags.getSampled(), state);
        Context.current().with(Span.wrap(context)).wrap(work).run();
        return context;
    }

    private List<Message> received(int count) {
        List<Message> messages = queue.receive(NOTES, count, Duration.ZERO).stream()
                .map(delivery -> delivery.message())
                .toList();
        assertThat(messages).hasSize(count);
        return messages;
    }

    private static List<SpanData> spans(String name) {
        return OTEL.getSpans().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    private static String traceparent(SpanData span) {
        return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                + span.getSpanContext().getTraceFlags().asHex();
    }

    private static Map<String, Object> attributes(SpanData span) {
        Map<AttributeKey<?>, Object> attributes = span.getAttributes().asMap();
        return attributes.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().getKey(), Map.Entry::getValue));
    }

    private static MessageBuilder note() {
        return Message.builder(NOTE, "a");
    }

    private static Message withHeaders(int count) {
        MessageBuilder message = note();
        for (int i = 0; i < count; i++) {
            message.header("header-" + i, "x");
        }
        return message.build();
    }

    private static TraceState state(String vendor, String value) {
        return TraceState.builder().put(vendor, value).build();
    }
}
