/**
 * Retrying, around any queue: {@link io.scheduler.infrastructure.retry.RetryingMessageQueue}, as often and as patiently
 * as {@link io.scheduler.infrastructure.retry.RetryOptions} says.
 *
 * <p>Resilience4j decides whether there is another attempt and after which delay; no other package sees it. The waiting
 * is done here ({@code BackoffTimer}), because Resilience4j's own sleep cannot be ended by closing the queue, and hides
 * an interrupt behind the last failure. {@code RepeatedCalls} makes the calls that block, {@code AsyncPublication} is
 * the one that does not, and {@code RetriedDelivery} settles with the former. {@code Attempts} is the story of one
 * call: what failed, what is logged, and which error it ends with.
 */
package io.scheduler.infrastructure.retry;
