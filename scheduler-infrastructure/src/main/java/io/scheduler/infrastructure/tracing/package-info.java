/**
 * Traces that go through a queue: {@link io.scheduler.infrastructure.tracing.TracePropagation} makes a span of each
 * publication, writes its W3C trace context into the headers of the message, and makes a span of each run of a handler,
 * be it of one message or of a batch.
 *
 * <p>No other package sees OpenTelemetry, of which only the API is used, and only as an optional dependency: a program
 * that uses this package brings {@code io.opentelemetry:opentelemetry-api} itself, with whichever SDK or agent it
 * likes.
 */
package io.scheduler.infrastructure.tracing;
