package io.scheduler.core.worker;

import io.scheduler.core.message.MessageType;
import java.util.List;

/**
 * That messages of a type are worked on several at a time.
 *
 * @param type the type
 * @param maxSize how many at most
 * @param handler works on them
 * @param <T> the payload's Java type
 */
record BatchRoute<T>(MessageType<T> type, int maxSize, BatchHandler<? super T> handler) {

    HandlerRun run(List<HeldDelivery> held, RetryPolicy policy, HandlerRun.End end) {
        return new BatchRun<>(held, type, handler, policy, end);
    }
}
