package io.scheduler.core.worker;

import io.scheduler.core.queue.Delivery;
import java.time.Duration;

/**
 * Hears of everything that a worker does. Called by the worker's threads, several at a time, between its steps: a
 * listener that takes long holds it up. What a listener throws is logged and changes nothing.
 */
public interface WorkerListener {

    /**
     * A message was received, and waits for a thread.
     *
     * @param delivery the delivery
     */
    default void onReceived(Delivery delivery) {}

    /**
     * Its handler is about to be called.
     *
     * @param delivery the delivery
     */
    default void onStarted(Delivery delivery) {}

    /**
     * Its handler returned, and it was acknowledged.
     *
     * @param delivery the delivery
     * @param took how long the handler took
     */
    default void onSucceeded(Delivery delivery, Duration took) {}

    /**
     * Its handler threw; what becomes of it is told next.
     *
     * @param delivery the delivery
     * @param failure what it threw
     * @param took how long the handler took
     */
    default void onFailed(Delivery delivery, Throwable failure, Duration took) {}

    /**
     * It was handed back, to be tried again.
     *
     * @param delivery the delivery
     * @param delay after which time
     */
    default void onRetried(Delivery delivery, Duration delay) {}

    /**
     * It was given back, and no handler had begun with it: the worker is closing, or its executor refused the task.
     * Neither an attempt nor a retry counts.
     *
     * @param delivery the delivery
     */
    default void onReleased(Delivery delivery) {}

    /**
     * It became a dead letter.
     *
     * @param delivery the delivery
     * @param reason why
     */
    default void onDead(Delivery delivery, String reason) {}

    /**
     * Its lease was lost before it was settled: somebody else works on it, or will. A handler that runs is interrupted.
     *
     * @param delivery the delivery
     */
    default void onLeaseLost(Delivery delivery) {}

    /**
     * Receiving or settling failed. The worker goes on; a message that could not be settled comes again.
     *
     * @param failure what failed
     */
    default void onError(Throwable failure) {}
}
