package io.scheduler.core.worker;

import java.util.List;

/**
 * Works on several payloads of one type at a time; otherwise the rules are those of {@link MessageHandler}.
 *
 * @param <T> the payload's Java type
 */
@FunctionalInterface
public interface BatchHandler<T> {

    /**
     * Works on a batch. Returning acknowledges all of it in one call, but for the items that were settled otherwise;
     * throwing fails all of it, but for those.
     *
     * @param batch one item or more, in the order in which they were received
     * @throws Exception as {@link MessageHandler#handle} does, for every item that was not settled by itself
     */
    void handle(List<BatchItem<T>> batch) throws Exception;
}
