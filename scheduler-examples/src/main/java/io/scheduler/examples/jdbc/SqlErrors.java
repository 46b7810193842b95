package io.scheduler.examples.jdbc;

import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueRefusedException;
import io.scheduler.core.queue.QueueUnavailableException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/** What an error of the database means for the caller: the only place that decides it. */
final class SqlErrors {

    private static final String DUPLICATE_KEY = "23505";

    /** Connection, resources, intervention by an operator, timeout; the codes are those of the SQL standard. */
    private static final Set<String> PASSING = Set.of("08", "40", "53", "57", "HYT");

    private SqlErrors() {}

    /** Whether the transaction was undone because of another one, so that the same again may succeed at once. */
    static boolean isConflict(SQLException error) {
        return stateOf(error).startsWith("40") || stateOf(error).equals(DUPLICATE_KEY);
    }

    /**
     * The error of the port for one of the database.
     *
     * @param committing whether the commit had been sent: before that nothing is done, from then on who knows
     */
    static QueueException translate(Operation operation, SQLException error, boolean committing) {
        String problem = error.getMessage() + " (SQL state " + stateOf(error) + ")";
        if (Thread.currentThread().isInterrupted()) {
            return new OutcomeUnknownException(operation, "the thread was interrupted: " + problem, error);
        }
        if (!isPassing(error)) {
            return new QueueRefusedException(operation, "the database refused it: " + problem, error);
        }
        return committing
                ? new OutcomeUnknownException(operation, "the commit was not answered: " + problem, error)
                : new QueueUnavailableException(operation, "the database cannot be used now: " + problem, error);
    }

    private static boolean isPassing(SQLException error) {
        for (Throwable link : error) { // the error of a batch says less than the one behind it
            if (link instanceof SQLTransientException
                    || link instanceof SQLRecoverableException
                    || link instanceof SQLNonTransientConnectionException) {
                return true;
            }
        }
        return PASSING.stream().anyMatch(stateOf(error)::startsWith);
    }

    private static String stateOf(SQLException error) {
        return error.getSQLState() == null ? "" : error.getSQLState();
    }
}
