package io.scheduler.infrastructure.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.scheduler.core.message.Message;
import io.scheduler.core.queue.MessageQueue;
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

    private final Tracer tracer;

    /**
     * Traces with an OpenTelemetry.
     *
     * @param openTelemetry makes the spans
     */
    public TracePropagation(OpenTelemetry openTelemetry) {
        tracer = openTelemetry.getTracer(SCOPE);
    }

    /**
     * Has the current trace travel with what is published. The context is that of the thread that calls, also of
     * {@link MessageQueue#publishAsync publishAsync}. A message is published as it is where there is no current span,
     * where it has a trace context already, such as one that its maker gave it, and where it has no room: with
     * {@value Message#MAX_HEADERS} headers it goes without context, with one less without {@code tracestate}, and so it
     * does with a {@code tracestate} of more than {@value Message#MAX_HEADER_LENGTH} characters. Tracing never makes a
     * publication fail.
     *
     * @param queue does the work
     * @return a queue that hands every call to that one, closing it included
     */
    public MessageQueue publishing(MessageQueue queue) {
        return new TracingMessageQueue(Objects.requireNonNull(queue, "queue"));
    }

    /**
     * Has a handler run in a span of kind {@code CONSUMER}, for {@link io.scheduler.core.worker.WorkerBuilder#wrap}.
     *
     * <p>Its name is the type of the message, its parent the span that was current at publication; without such a
     * context, whatever is current in the handler's thread. It is the current span while the handler runs, so what the
     * handler publishes and calls belongs to the trace. What the handler throws is recorded, sets the status to error
     * and the attribute {@code error.type}, and is thrown on. Each attempt is a span of its own below the same parent.
     *
     * <p>Attributes: {@code messaging.system} is {@code scheduler}, {@code messaging.operation.type} is
     * {@code process}; {@code messaging.message.id}; {@code messaging.message.conversation_id}, the correlation id if
     * there is one; and {@code scheduler.message.retry_count}. There is no {@code messaging.destination.name}: a
     * handler sees a message, and not the queue that it came from.
     *
     * @param handler does the work
     * @return a handler that calls that one
     * @see Worker
     */
    public MessageHandler handling(MessageHandler handler) {
        return new TracingHandler(tracer, Objects.requireNonNull(handler, "handler"));
    }
}
