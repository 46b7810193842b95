package io.scheduler.infrastructure.redis;

import io.scheduler.core.queue.Operation;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What one call publishes: one entry or several, stored together or not at all.
 *
 * @param operation the call, for its error
 * @param entries what to store
 * @param bytes the size of all entries together
 * @param async whether stages of the caller's may depend on {@code done}, which nobody knows how long they take
 * @param since when it began to wait, by {@link System#nanoTime}
 * @param done completed when Redis has the entries, or with the bare failure
 */
record Publication(
        Operation operation,
        List<StreamEntry> entries,
        int bytes,
        boolean async,
        long since,
        CompletableFuture<Void> done) {

    static Publication of(Operation operation, List<StreamEntry> entries, int bytes, boolean async) {
        return new Publication(operation, entries, bytes, async, System.nanoTime(), new CompletableFuture<>());
    }

    void complete(Throwable failure) {
        if (failure == null) {
            done.complete(null);
        } else {
            done.completeExceptionally(failure);
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }
}
