package io.scheduler.infrastructure.memory;

import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueClosedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One queue object's way to the broker, until it is closed: does one thing at a time, under the broker's lock. Safe for
 * use by several threads.
 */
final class Session {

    /** How soon who waits notices that the clock has moved: no clock can be asked to tell. */
    private static final long POLL_NANOS = Duration.ofMillis(5).toNanos();

    private final InMemoryBroker broker;
    private volatile boolean closed;

    Session(InMemoryBroker broker) {
        this.broker = broker;
    }

    InMemoryBroker broker() {
        return broker;
    }

    /** Does something under the lock. */
    <T> T call(Operation operation, Supplier<T> action) {
        ReentrantLock lock = broker.lock();
        lock.lock();
        try {
            requireOpen(operation);
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Does something under the lock, again and again until it yields something or the time, real time, is over. */
    <T> List<T> await(Operation operation, Duration maxWait, Supplier<List<T>> action) {
        long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(maxWait);
        return call(operation, () -> {
            List<T> found = action.get();
            long rest = deadline - System.nanoTime();
            while (found.isEmpty() && rest > 0) {
                pause(operation, Math.min(rest, POLL_NANOS));
                requireOpen(operation);
                found = action.get();
                rest = deadline - System.nanoTime();
            }
            return found;
        });
    }

    void requireOpen(Operation operation) {
        if (closed) {
            throw new QueueClosedException(operation);
        }
    }

    void close() {
        ReentrantLock lock = broker.lock();
        lock.lock();
        try {
            closed = true;
            broker.leave(this);
        } finally {
            lock.unlock();
        }
    }

    private void pause(Operation operation, long nanos) {
        try {
            broker.changed().awaitNanos(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutcomeUnknownException(operation, "the thread was interrupted while it waited", e);
        }
    }
}
