package io.scheduler.examples.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageCodec;
import io.scheduler.core.message.PayloadException;
import io.scheduler.core.queue.DeadLetter;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.QueueName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The dead letters. Whoever writes or removes one holds the lock of its queue, so their ids ascend in the order in
 * which readers see them, and what is put back is exactly what is removed.
 */
final class JdbcDeadLetters {

    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");
    private static final int MAX_REASON = 1000;

    private static final String BURY = """
            INSERT INTO dead_letters (queue, message_id, data, retry_count, attempts, reason, died_at)
            SELECT queue, message_id, data, retry_count, attempts, ?, CURRENT_TIMESTAMP FROM messages WHERE seq = ?
            """;
    private static final String LIST = """
            SELECT id, message_id, data, retry_count, attempts, reason, died_at FROM dead_letters
            WHERE queue = ? AND id > ? ORDER BY id LIMIT ?
            """;
    private static final String FIRST = "SELECT id FROM dead_letters WHERE queue = ? ORDER BY id LIMIT ?";
    private static final String REVIVE = """
            INSERT INTO messages (queue, message_id, data, retry_count, attempts, due_at)
            SELECT queue, message_id, data, retry_count, 0, CURRENT_TIMESTAMP FROM dead_letters
            WHERE queue = ? AND id = ?
            """;
    private static final String REMOVE = "DELETE FROM dead_letters WHERE queue = ? AND id = ?";
    private static final String REMOVE_ALL = "DELETE FROM dead_letters WHERE queue = ?";

    private final Database database;
    private final MessageCodec codec;
    private final Bell bell;

    JdbcDeadLetters(Database database, MessageCodec codec, Bell bell) {
        this.database = database;
        this.codec = codec;
        this.bell = bell;
    }

    /** Moves a message here. The new place is written before the old is removed; the commit makes both one. */
    static void bury(Transaction transaction, long seq, String reason) throws SQLException {
        String shown = reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON);
        transaction.update(BURY, shown.getBytes(UTF_8), seq);
        transaction.update("DELETE FROM messages WHERE seq = ?", seq);
    }

    List<DeadLetter> list(QueueName queue, String afterId, int max) {
        long after = afterId.isEmpty() ? 0 : idOf(afterId);
        return database.call(
                Operation.on("list dead letters", queue),
                transaction -> transaction.query(LIST, row -> letterOf(queue, row), queue.value(), after, max));
    }

    long redrive(QueueName queue, int max) {
        return redrive(queue, transaction -> transaction.query(FIRST, row -> row.getLong(1), queue.value(), max));
    }

    long redrive(QueueName queue, Collection<String> ids) {
        List<Long> wanted = ids.stream().map(JdbcDeadLetters::idOf).sorted().toList();
        return redrive(queue, transaction -> wanted);
    }

    long purge(QueueName queue) {
        return database.call(
                Operation.on("purge dead letters", queue),
                transaction ->
                        JdbcQueues.lock(transaction, queue) ? (long) transaction.update(REMOVE_ALL, queue.value()) : 0);
    }

    private long redrive(QueueName queue, Database.Work<List<Long>> chosen) {
        long revived = database.call(Operation.on("redrive", queue), transaction -> {
            if (!JdbcQueues.lock(transaction, queue)) {
                return 0L;
            }
            long count = 0;
            for (long id : chosen.in(transaction)) {
                count += transaction.update(REVIVE, queue.value(), id);
                transaction.update(REMOVE, queue.value(), id);
            }
            return count;
        });
        bell.ring();
        return revived;
    }

    private static long idOf(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "Invalid dead letter id '" + id + "': allowed is the id() of a DeadLetter, such as 42");
        }
        return Long.parseLong(id);
    }

    private DeadLetter letterOf(QueueName queue, ResultSet row) throws SQLException {
        byte[] data = row.getBytes(3);
        return new DeadLetter(
                Long.toString(row.getLong(1)),
                queue,
                new String(row.getBytes(6), UTF_8),
                Transaction.instant(row, 7),
                row.getInt(5),
                messageOf(data, row.getInt(4)),
                Map.of("message_id", row.getString(2).getBytes(UTF_8), "data", data));
    }

    private Optional<Message> messageOf(byte[] data, int retryCount) {
        try {
            return Optional.of(codec.decode(data).withRetryCount(retryCount));
        } catch (PayloadException e) {
            return Optional.empty();
        }
    }
}
