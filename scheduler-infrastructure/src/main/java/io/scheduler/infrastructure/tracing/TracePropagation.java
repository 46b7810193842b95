package io.scheduler.infrastructure.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.scheduler.core.message.Message;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.worker.BatchHandler;
import io.scheduler.core.worker.MessageHandler;
import io.scheduler.core.worker.Worker;
import java.util.Objects;

/**
 * Carries a trace from the publisher of a message to its handler, as W3C trace context in the headers
 * {@code traceparent} and {@code tracestate}, which programs in other languages write and read too.
 *
 * <pre>{@code
 * TracePropagation tracing = new TracePropagation(openTelemetry);
 * MessageQueue queue = tracing.publishing(MessageQueues.redis(config));
 * Worker worker = Worker.on(queue)
 *         .queue(EMAILS)
 *         .handle(SEND_EMAIL, email -> mailer.send(email))
 *         .wrap(tracing::handling)
 *         .start();
 * }</pre>
 *
 * <p>Only W3C trace context travels, whatever propagators are configured: it is the wire format. Baggage does not
 * travel. Immutable, and safe for use by several threads.
 */
public final class TracePropagation {

    private static final String SCOPE = "io.scheduler";

    private final MessageSpans spans;

    /**
     * Traces with an OpenTelemetry.
     *
     * @param openTelemetry makes the spans
     */
    public TracePropagation(OpenTelemetry openTelemetry) {
        spans = new MessageSpans(openTelemetry.getTracer(SCOPE));
    }

    /**
     * Has each publication be a span of kind {@code PRODUCER} below the current one, and its context travel with the
     * message. The current span is that of the thread that calls, also of {@link MessageQueue#publishAsync
     * publishAsync}, whose span ends with its future. A list is one span.
     *
     * <p>Its name is {@code publish} and the queue. Attributes: {@code messaging.system} is {@code scheduler},
     * {@code messaging.operation.name} is {@code publish}, {@code messaging.operation.type} is {@code send};
     * {@code messaging.destination.name}, the queue; {@code messaging.message.id};
     * {@code messaging.message.conversation_id}, the correlation id if there is one; {@code scheduler.message.type};
     * for a list only {@code messaging.batch.message_count} in place of what belongs to one message. A failure is
     * recorded, sets the status to error and the attribute {@code error.type}, and is thrown on.
     *
     * <p>A message that has a trace context already, such as one that its maker gave it, keeps it, and the span is
     * linked to that. One that has no room for a context, with {@value Message#MAX_HEADERS} headers, goes without, with
     * one less without {@code tracestate}, and so it does with a {@code tracestate} of more than
     * {@value Message#MAX_HEADER_LENGTH} characters. Tracing never makes a publication fail.
     *
     * @param queue does the work
     * @return a queue that hands every call to that one, closing it included
     */
    public MessageQueue publishing(MessageQueue queue) {
        return new TracingMessageQueue(Objects.requireNonNull(queue, "queue"), spans);
    }

    /**
     * Has a handler run in a span of kind {@code CONSUMER}, for {@link io.scheduler.core.worker.WorkerBuilder#wrap}.
     *
     * <p>Its name is {@code process} and the queue, its parent the span of the publication; where the message has no
     * such context, whatever is current in the handler's thread. It is the current span while the handler runs, so what
     * the handler publishes and calls belongs to the trace. What the handler throws is recorded, sets the status to
     * error and the attribute {@code error.type}, and is thrown on. Each attempt is a span of its own below the same
     * parent.
     *
     * <p>Attributes are those of a {@linkplain #publishing publication} with {@code process} as the operation's name
     * and type, and {@code scheduler.message.attempt}.
     *
     * @param handler does the work
     * @return a handler that calls that one
     * @see Worker
     */
    public MessageHandler handling(MessageHandler handler) {
        return new TracingHandler(spans, Objects.requireNonNull(handler, "handler"));
    }

    /**
     * Has a batch handler run in a span of kind {@code CONSUMER}, for
     * {@link io.scheduler.core.worker.WorkerBuilder#handleBatch}, to which
     * {@link io.scheduler.core.worker.WorkerBuilder#wrap} does not apply.
     *
     * <p>Its name is {@code process} and the queue, and it is linked to the span of each message's publication; its
     * parent is whatever is current in the handler's thread, most often nothing. Each link tells
     * {@code messaging.message.id}, {@code messaging.message.conversation_id} if there is one, and
     * {@code scheduler.message.attempt}. A message without a context has no link. SDKs keep 128 links of a span by
     * default: whoever has larger batches raises the {@code SpanLimits}.
     *
     * <p>Attributes are those of a {@linkplain #handling handler}, with {@code messaging.batch.message_count} in place
     * of what belongs to one message. What the handler throws is recorded, sets the status to error and the attribute
     * {@code error.type}, and is thrown on. Why an item failed alone is recorded with the attributes of its link, and
     * leaves the status as it is.
     *
     * @param handler does the work
     * @param <T> the payload's Java type
     * @return a handler that calls that one
     */
    public <T> BatchHandler<T> handlingBatch(BatchHandler<T> handler) {
        return new TracingBatchHandler<>(spans, Objects.requireNonNull(handler, "handler"));
    }
}
