/**
 * Traces that go through a queue: {@link io.scheduler.infrastructure.tracing.TracePropagation} writes the W3C trace
 * context into the headers of messages that are published, and makes a span of each run of a handler.
 *
 * <p>No other package sees OpenTelemetry, of which only the API is used, and only as an optional dependency: a program
 * that uses this package brings {@code io.opentelemetry:opentelemetry-api} itself, with whichever SDK or agent it
 * likes.
 */
package io.scheduler.infrastructure.tracing;
