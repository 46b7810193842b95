/**
 * The worker: receives from queues, calls handlers, and settles what they did.
 *
 * <p>{@link io.scheduler.core.worker.Worker#on} begins one. A handler that returns has done its work, and its message
 * is acknowledged; one that throws is tried again as its {@link io.scheduler.core.worker.RetryPolicy} says;
 * {@link io.scheduler.core.worker.RejectMessageException} and {@link io.scheduler.core.worker.RetryLaterException} say
 * it otherwise. {@link io.scheduler.core.worker.WorkerListener} hears of everything that happens, so that metrics need
 * no change here.
 *
 * <p>It uses the port alone, and so runs on every adapter.
 */
package io.scheduler.core.worker;
