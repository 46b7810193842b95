package io.scheduler.core.worker;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.QueueName;

/**
 * The context of one message in a run.
 *
 * @param run the call of the handler
 * @param held the message
 * @param policy what becomes of it if the handler fails
 */
record RunContext(HandlerRun run, HeldDelivery held, RetryPolicy policy) implements HandlerContext {

    @Override
    public QueueName queue() {
        return held.delivery().queue();
    }

    @Override
    public int attempt() {
        return held.delivery().attempt();
    }

    @Override
    public boolean isLastAttempt() {
        Delivery delivery = held.delivery();
        return delivery.attempt() >= Math.min(delivery.maxAttempts(), policy.maxAttempts());
    }

    @Override
    public boolean isCancelled() {
        return run.isInterrupted() || held.isLost();
    }

    /** Names the message and its attempt. */
    @Override
    public String toString() {
        return "HandlerContext[queue=" + queue() + ", message="
                + held.delivery().message().id() + ", attempt=" + attempt() + "]";
    }
}
