/**
 * Micrometer meters: {@link io.scheduler.infrastructure.metrics.WorkerMetrics} counts and times what workers do, and
 * {@link io.scheduler.infrastructure.metrics.QueueMetrics} shows what is in queues.
 *
 * <p>No other package sees Micrometer, which is an optional dependency: a program that uses this package brings
 * {@code io.micrometer:micrometer-core} itself. The names and tags of the meters are a promise, and change only with a
 * major version. All tags have few values: queues, types of messages, outcomes; never an id.
 */
package io.scheduler.infrastructure.metrics;
