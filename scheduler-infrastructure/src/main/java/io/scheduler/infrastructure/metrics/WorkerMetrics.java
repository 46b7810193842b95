package io.scheduler.infrastructure.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.worker.Worker;
import io.scheduler.core.worker.WorkerListener;
import java.time.Duration;

/**
 * Counts and times what workers do.
 *
 * <pre>{@code
 * Worker.on(queue)
 *         .queue(EMAILS)
 *         .handle(SEND_EMAIL, email -> mailer.send(email))
 *         .listener(new WorkerMetrics(registry))
 *         .start();
 * }</pre>
 *
 * <table>
 * <caption>Its meters</caption>
 * <tr><th>name</th><th>kind</th><th>tags</th><th>counts</th></tr>
 * <tr><td>{@code scheduler.messages.received}</td><td>counter</td><td>queue, type</td>
 *     <td>deliveries, each attempt at a message being one</td></tr>
 * <tr><td>{@code scheduler.messages.succeeded}</td><td>counter</td><td>queue, type</td>
 *     <td>messages that were worked on and acknowledged</td></tr>
 * <tr><td>{@code scheduler.messages.failed}</td><td>counter</td><td>queue, type</td>
 *     <td>handlers that threw</td></tr>
 * <tr><td>{@code scheduler.messages.retried}</td><td>counter</td><td>queue, type</td>
 *     <td>messages that were handed back, also from handlers that a closing worker interrupted</td></tr>
 * <tr><td>{@code scheduler.messages.released}</td><td>counter</td><td>queue, type</td>
 *     <td>messages that were given back before a handler began with them</td></tr>
 * <tr><td>{@code scheduler.messages.dead}</td><td>counter</td><td>queue, type</td>
 *     <td>messages that the worker made dead letters</td></tr>
 * <tr><td>{@code scheduler.messages.lease.lost}</td><td>counter</td><td>queue, type</td>
 *     <td>messages that were lost to another consumer before they were settled</td></tr>
 * <tr><td>{@code scheduler.handler}</td><td>timer</td><td>queue, type, outcome</td>
 *     <td>the time in handlers; outcome is {@code success} or {@code failure}</td></tr>
 * <tr><td>{@code scheduler.worker.errors}</td><td>counter</td><td>exception</td>
 *     <td>failures to receive or to settle, by the name of the class that was thrown</td></tr>
 * </table>
 *
 * <p>Handlers whose lease was lost before they ended, or that outlived the close of their worker, count in neither
 * {@code succeeded} nor {@code failed}, nor in the time.
 *
 * <p>The type of a message is what its publisher wrote. After {@value #MAX_TYPES} types, further ones are tagged
 * {@value #OTHER_TYPES}, so that no stranger can fill the registry.
 *
 * <p>Safe for use by several threads. One instance can listen to all {@linkplain Worker workers} of a program.
 */
public final class WorkerMetrics implements WorkerListener {

    private static final int MAX_TYPES = 100;
    private static final String OTHER_TYPES = "other";

    private final MeterProvider<Counter> received;
    private final MeterProvider<Counter> succeeded;
    private final MeterProvider<Counter> failed;
    private final MeterProvider<Counter> retried;
    private final MeterProvider<Counter> released;
    private final MeterProvider<Counter> dead;
    private final MeterProvider<Counter> leasesLost;
    private final MeterProvider<Counter> errors;
    private final MeterProvider<Timer> handler;
    private final KnownNames types = new KnownNames(MAX_TYPES, OTHER_TYPES);

    /**
     * Counts into a registry.
     *
     * @param registry holds the meters
     */
    public WorkerMetrics(MeterRegistry registry) {
        received = counter(registry, "scheduler.messages.received", "Messages that workers received");
        succeeded = counter(registry, "scheduler.messages.succeeded", "Messages that were worked on and acknowledged");
        failed = counter(registry, "scheduler.messages.failed", "Handlers that threw");
        retried = counter(registry, "scheduler.messages.retried", "Messages that were handed back to be tried again");
        released = counter(registry, "scheduler.messages.released", "Messages that were given back unused");
        dead = counter(registry, "scheduler.messages.dead", "Messages that workers made dead letters");
        leasesLost = counter(registry, "scheduler.messages.lease.lost", "Leases that ended before their message did");
        errors = counter(registry, "scheduler.worker.errors", "Failures to receive or to settle");
        handler = Timer.builder("scheduler.handler")
                .description("The time that handlers took")
                .withRegistry(registry);
    }

    @Override
    public void onReceived(Delivery delivery) {
        received.withTags(tags(delivery)).increment();
    }

    @Override
    public void onSucceeded(Delivery delivery, Duration took) {
        Tags tags = tags(delivery);
        succeeded.withTags(tags).increment();
        handler.withTags(tags.and("outcome", "success")).record(took);
    }

    @Override
    public void onFailed(Delivery delivery, Throwable failure, Duration took) {
        Tags tags = tags(delivery);
        failed.withTags(tags).increment();
        handler.withTags(tags.and("outcome", "failure")).record(took);
    }

    @Override
    public void onRetried(Delivery delivery, Duration delay) {
        retried.withTags(tags(delivery)).increment();
    }

    @Override
    public void onReleased(Delivery delivery) {
        released.withTags(tags(delivery)).increment();
    }

    @Override
    public void onDead(Delivery delivery, String reason) {
        dead.withTags(tags(delivery)).increment();
    }

    @Override
    public void onLeaseLost(Delivery delivery) {
        leasesLost.withTags(tags(delivery)).increment();
    }

    @Override
    public void onError(Throwable failure) {
        errors.withTags("exception", failure.getClass().getName()).increment();
    }

    private Tags tags(Delivery delivery) {
        return Tags.of(
                "queue",
                delivery.queue().value(),
                "type",
                types.nameFor(delivery.message().type()));
    }

    private static MeterProvider<Counter> counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).withRegistry(registry);
    }
}
