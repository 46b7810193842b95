package io.scheduler.examples.jdbc;

import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.QueueClosedException;
import io.scheduler.core.queue.QueueException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.sql.DataSource;

/** One queue object's way to the database, until it is closed. Safe for use by several threads. */
final class Database {

    /** What is done in a transaction. It may be done more than once, so it changes nothing but the database. */
    @FunctionalInterface
    interface Work<T> {
        T in(Transaction transaction) throws SQLException;
    }

    private static final int MAX_CONFLICTS = 20;

    private final DataSource source;
    private final Duration timeout;

    /** Read-locked by each call. */
    private final ReadWriteLock underWay = new ReentrantReadWriteLock();

    private volatile boolean closed;

    Database(DataSource source, Duration timeout) {
        this.source = source;
        this.timeout = timeout;
    }

    /**
     * Does something in a transaction, and once more if another one got in its way.
     *
     * @throws QueueException if it failed, saying whether it was done
     */
    <T> T call(Operation operation, Work<T> work) {
        underWay.readLock().lock();
        try {
            requireOpen(operation);
            return callAgainAfterConflicts(operation, work);
        } finally {
            underWay.readLock().unlock();
        }
    }

    private <T> T callAgainAfterConflicts(Operation operation, Work<T> work) {
        for (int conflicts = 0; ; conflicts++) {
            boolean committing = false;
            try (Connection connection = source.getConnection()) {
                connection.setAutoCommit(false);
                try {
                    T result = work.in(new Transaction(connection, timeout));
                    committing = true;
                    connection.commit();
                    return result;
                } catch (SQLException | RuntimeException e) {
                    rollBack(connection, e);
                    throw e;
                }
            } catch (SQLException e) {
                if (!SqlErrors.isConflict(e) || conflicts == MAX_CONFLICTS) {
                    throw SqlErrors.translate(operation, e, committing);
                }
            }
        }
    }

    void requireOpen(Operation operation) {
        if (closed) {
            throw new QueueClosedException(operation);
        }
    }

    /** Lets every later call throw; the connections are the caller's. */
    void close() {
        closed = true;
    }

    /** Waits, but not longer than that, until the calls that were under way have ended. */
    void awaitCalls(Duration bound) throws InterruptedException {
        if (underWay.writeLock().tryLock(bound.toMillis(), TimeUnit.MILLISECONDS)) {
            underWay.writeLock().unlock();
        }
    }

    private static void rollBack(Connection connection, Exception reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }
}
