package io.scheduler.examples;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.worker.HandlerContext;
import io.scheduler.core.worker.RetryPolicy;
import io.scheduler.core.worker.Worker;
import io.scheduler.infrastructure.MessageQueues;
import io.scheduler.infrastructure.tracing.TracePropagation;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Follows an order through two queues: one trace, from whoever placed it to the handler that ends it. */
public final class TracingExample {

    private static final QueueName ORDERS = QueueName.of("orders");
    private static final QueueName EMAILS = QueueName.of("emails");
    private static final MessageType<String> PLACED = MessageType.of("order.placed", String.class);
    private static final MessageType<String> CONFIRM = MessageType.of("order.confirm", String.class);

    private TracingExample() {}

    /**
     * Runs the example.
     *
     * @param args none are needed
     * @throws InterruptedException if somebody interrupts it
     */
    public static void main(String[] args) throws InterruptedException {
        Story story = new Story();
        TraceTree trace = new TraceTree(); // a program has the exporter of its tracing system
        CountDownLatch confirmed = new CountDownLatch(1);
        try (OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
                        .setTracerProvider(SdkTracerProvider.builder()
                                .addSpanProcessor(SimpleSpanProcessor.create(trace))
                                .build())
                        .build();
                ExampleRedis redis = ExampleRedis.find()) {
            TracePropagation tracing = new TracePropagation(telemetry);
            try (MessageQueue queue = tracing.publishing(MessageQueues.redis(redis.config()))) {
                Worker worker = Worker.on(queue)
                        .queue(ORDERS)
                        .queue(EMAILS)
                        .retry(RetryPolicy.fixed(Duration.ofMillis(100), 3))
                        .handleMessage(PLACED, (message, context) -> {
                            reserve(story, context);
                            queue.publish(EMAILS, Message.of(CONFIRM, message.payload(PLACED)));
                        })
                        .handle(CONFIRM, order -> confirmed.countDown())
                        .wrap(tracing::handling)
                        .start();

                story.chapter("Somebody places an order, inside of a span of its own");
                Span span =
                        telemetry.getTracer("shop").spanBuilder("place order").startSpan();
                Scope current = span.makeCurrent();
                queue.publish(ORDERS, Message.of(PLACED, "order 4711"));
                current.close();
                span.end();
                confirmed.await();
                worker.close(); // the last span has ended then, too

                queue.delete(ORDERS);
                queue.delete(EMAILS);
            }
        }
        story.chapter("All that came of it, also what failed at first, is one trace");
        trace.print(story);
    }

    private static void reserve(Story story, HandlerContext context) throws IOException {
        if (context.attempt() == 1) {
            throw new IOException("The warehouse does not answer");
        }
        story.say("reserved at attempt %d", context.attempt());
    }
}
