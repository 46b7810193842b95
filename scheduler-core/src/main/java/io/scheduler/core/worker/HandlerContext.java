package io.scheduler.core.worker;

import io.scheduler.core.queue.QueueName;

/**
 * What a handler may want to know of the call, beyond the message. Safe for use by several threads, also after the
 * handler has ended.
 */
public interface HandlerContext {

    /**
     * Where the message came from.
     *
     * @return the queue
     */
    QueueName queue();

    /**
     * How many times the message has been handed out, this time included. It rises with every delivery, also after a
     * worker that died; {@link io.scheduler.core.message.Message#retryCount} counts those that were handed back.
     *
     * @return 1 at the first delivery
     */
    int attempt();

    /**
     * Whether the message becomes a dead letter if the handler fails now: it is the last attempt by the queue's maximum
     * or by that of the {@link RetryPolicy}, whichever is smaller. A policy that decides by the failure may give a
     * message up earlier.
     *
     * @return whether there will be no other attempt
     */
    boolean isLastAttempt();

    /**
     * Whether the work has become useless: the lease was lost, the time for the handler is over, or the worker has
     * waited for long enough to close. The handler's thread has been interrupted then, too; this is for handlers that
     * do not see interrupts, and for work that they gave to other threads. Once true it stays so.
     *
     * @return whether to stop
     */
    boolean isCancelled();
}
