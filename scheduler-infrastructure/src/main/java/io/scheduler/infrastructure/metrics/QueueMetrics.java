package io.scheduler.infrastructure.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.scheduler.core.queue.QueueAdmin;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueStats;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Shows what is in queues, as gauges with the tag {@code queue}.
 *
 * <pre>{@code
 * new QueueMetrics(queue, EMAILS, REMINDERS).bindTo(registry);
 * }</pre>
 *
 * <table>
 * <caption>Its meters</caption>
 * <tr><th>name</th><th>shows</th></tr>
 * <tr><td>{@code scheduler.queue.ready}</td><td>messages that wait for a consumer</td></tr>
 * <tr><td>{@code scheduler.queue.delayed}</td><td>messages whose time has not come</td></tr>
 * <tr><td>{@code scheduler.queue.in.flight}</td><td>messages that consumers hold</td></tr>
 * <tr><td>{@code scheduler.queue.dead}</td><td>dead letters</td></tr>
 * <tr><td>{@code scheduler.queue.consumers}</td><td>consumers that the broker knows of</td></tr>
 * <tr><td>{@code scheduler.queue.oldest.ready.age}</td><td>how long the oldest ready message has been waiting, 0 if
 *     there is none; in seconds, unless the registry has another base unit of time</td></tr>
 * </table>
 *
 * <p>A queue is asked for its {@link QueueStats} when a gauge is read, at most once a second by the registry's clock,
 * and for all six gauges together. Reading may block for as long as {@link QueueAdmin#stats} does. It never throws:
 * while a queue cannot be reached its gauges are not-a-number, the first time is logged as a warning, and it too is
 * asked again only after a second.
 *
 * <p>Immutable, and safe for use by several threads. The registry holds on to the queue until the gauges are removed.
 */
public final class QueueMetrics implements MeterBinder {

    private final QueueAdmin admin;
    private final List<QueueName> queues;

    /**
     * Shows certain queues; which ones there are only the program knows.
     *
     * @param admin is asked for their stats, and not closed
     * @param queues the queues
     */
    public QueueMetrics(QueueAdmin admin, QueueName... queues) {
        this.admin = Objects.requireNonNull(admin, "admin");
        this.queues = List.of(queues);
    }

    /**
     * Registers six gauges for each queue. Asks nothing yet.
     *
     * @param registry holds the gauges, and tells the time
     */
    @Override
    public void bindTo(MeterRegistry registry) {
        for (QueueName queue : queues) {
            RecentStats stats = new RecentStats(admin, queue, registry.config().clock());
            show(registry, stats, "ready", "Messages that wait for a consumer", QueueStats::ready);
            show(registry, stats, "delayed", "Messages whose time has not come", QueueStats::delayed);
            show(registry, stats, "in.flight", "Messages that consumers hold", QueueStats::inFlight);
            show(registry, stats, "dead", "Dead letters", QueueStats::dead);
            show(registry, stats, "consumers", "Consumers that the broker knows of", QueueStats::consumers);
            TimeGauge.builder(
                            "scheduler.queue.oldest.ready.age",
                            () -> stats.read(QueueMetrics::ageInSeconds),
                            TimeUnit.SECONDS)
                    .description("How long the oldest ready message has been waiting")
                    .tag("queue", queue.value())
                    .register(registry);
        }
    }

    private static void show(
            MeterRegistry registry,
            RecentStats stats,
            String what,
            String description,
            ToDoubleFunction<QueueStats> figure) {
        Gauge.builder("scheduler.queue." + what, () -> stats.read(figure))
                .description(description)
                .tag("queue", stats.queue().value())
                .register(registry);
    }

    private static double ageInSeconds(QueueStats stats) {
        return stats.oldestReadyAge().map(Duration::toMillis).orElse(0L) / 1000.0;
    }
}
