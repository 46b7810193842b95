package io.scheduler.examples.jdbc;

import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueStats;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** The queues as such: their tables, whether they are there, what is in them. */
final class JdbcQueues {

    private static final String LOCK = "SELECT 1 FROM queues WHERE name = ? FOR UPDATE";
    private static final String CREATE = "INSERT INTO queues (name) VALUES (?)";
    private static final String DELETE = "DELETE FROM queues WHERE name = ?";
    private static final String STATS = """
            SELECT COUNT(CASE WHEN due_at <= CURRENT_TIMESTAMP THEN 1 END),
                   COUNT(CASE WHEN due_at > CURRENT_TIMESTAMP AND holder IS NULL THEN 1 END),
                   COUNT(CASE WHEN due_at > CURRENT_TIMESTAMP AND holder IS NOT NULL THEN 1 END),
                   (SELECT COUNT(*) FROM dead_letters WHERE queue = ?),
                   COUNT(DISTINCT CASE WHEN due_at > CURRENT_TIMESTAMP THEN holder END),
                   MIN(CASE WHEN due_at <= CURRENT_TIMESTAMP THEN due_at END),
                   CURRENT_TIMESTAMP
            FROM messages WHERE queue = ?
            """;

    private final Database database;

    JdbcQueues(Database database) {
        this.database = database;
    }

    /** Creates the tables where they are missing, and tells which database this is. */
    SqlDialect createTables() {
        Operation create = new Operation("create tables", Optional.empty(), List.of());
        return database.call(create, transaction -> {
            SqlDialect dialect = SqlDialect.of(transaction.product().get(0));
            for (String statement : schema().replace("BYTES", dialect.bytes()).split(";\\s*")) {
                transaction.update(statement);
            }
            return dialect;
        });
    }

    /** Lets nobody else publish to a queue, bury, redrive or delete until the transaction ends; false if it is gone. */
    static boolean lock(Transaction transaction, QueueName queue) throws SQLException {
        return transaction.exists(LOCK, queue.value());
    }

    /**
     * Locks a queue, and creates it if need be. Of several that create it at once, one does; the key refuses the
     * others, whose transactions begin anew and find it.
     */
    static void lockOrCreate(Transaction transaction, QueueName queue) throws SQLException {
        if (!lock(transaction, queue)) {
            transaction.update(CREATE, queue.value());
        }
    }

    boolean create(QueueName queue) {
        return database.call(
                Operation.on("create", queue),
                transaction -> !isThere(transaction, queue) && transaction.update(CREATE, queue.value()) > 0);
    }

    boolean exists(QueueName queue) {
        return database.call(Operation.on("check existence", queue), transaction -> isThere(transaction, queue));
    }

    boolean delete(QueueName queue) {
        return database.call(
                Operation.on("delete", queue),
                transaction -> lock(transaction, queue) && transaction.update(DELETE, queue.value()) > 0);
    }

    long purge(QueueName queue) {
        return database.call(Operation.on("purge", queue), transaction ->
                (long) transaction.update("DELETE FROM messages WHERE queue = ?", queue.value()));
    }

    QueueStats stats(QueueName queue) {
        return database.call(
                Operation.on("read stats", queue),
                transaction -> transaction
                        .query(STATS, JdbcQueues::statsOf, queue.value(), queue.value())
                        .get(0));
    }

    private static boolean isThere(Transaction transaction, QueueName queue) throws SQLException {
        return transaction.exists("SELECT 1 FROM queues WHERE name = ?", queue.value());
    }

    private static QueueStats statsOf(ResultSet row) throws SQLException {
        Optional<OffsetDateTime> oldest = Optional.ofNullable(row.getObject(6, OffsetDateTime.class));
        OffsetDateTime now = row.getObject(7, OffsetDateTime.class);
        return new QueueStats(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getInt(5),
                oldest.map(since -> Duration.between(since, now)));
    }

    private static String schema() {
        try (InputStream file = JdbcQueues.class.getResourceAsStream("schema.sql")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("--.*", "")
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
