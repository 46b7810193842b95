package io.scheduler.core.worker;

import io.scheduler.core.message.Message;

/**
 * Works on messages. Called by several threads at a time, and more than once for a message that comes again: the
 * message's id tells which have been worked on.
 */
@FunctionalInterface
public interface MessageHandler {

    /**
     * Works on a message. Returning acknowledges it.
     *
     * @param message the message
     * @param context which queue it came from, which attempt this is, and whether to go on
     * @throws RejectMessageException if trying again would not help: the message becomes a dead letter
     * @throws RetryLaterException if it is to be tried again after a certain time
     * @throws InterruptedException if the thread was interrupted: the lease was lost, the time for the handler is over,
     *     or the worker has waited for long enough to close
     * @throws Exception for every other failure: it is tried again, as the retry policy says
     */
    void handle(Message message, HandlerContext context) throws Exception;
}
