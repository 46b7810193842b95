package io.scheduler.infrastructure.redis;

import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueClosedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * How a caller waits for Redis: not at all once the queue is closed, and with errors made on the caller's thread, so
 * that their stack traces show who called. Safe for use by several threads.
 */
final class RedisCalls {

    private final RedisConnection connection;
    private final RedisErrors errors;
    private volatile boolean closed;

    /** @param connection to which most calls go */
    RedisCalls(RedisConnection connection, RedisErrors errors) {
        this.connection = connection;
        this.errors = errors;
    }

    /** Runs an action and waits for it. */
    <T> T call(Operation operation, Supplier<CompletableFuture<T>> action) {
        return call(operation, connection, action);
    }

    /** The same, over another connection. */
    <T> T call(Operation operation, RedisConnection connection, Supplier<CompletableFuture<T>> action) {
        requireOpen(operation);
        try {
            return connection.await(action);
        } catch (ExecutionException e) {
            throw errors.translate(operation, e);
        } catch (InterruptedException e) {
            throw interrupted(operation, e);
        }
    }

    void requireOpen(Operation operation) {
        if (closed) {
            throw new QueueClosedException(operation);
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** From now on every call is refused; true the first time. */
    synchronized boolean close() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    /** The error for a wait that was interrupted; the thread keeps its flag. */
    static OutcomeUnknownException interrupted(Operation operation, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new OutcomeUnknownException(operation, "the thread was interrupted before the answer came", cause);
    }
}
