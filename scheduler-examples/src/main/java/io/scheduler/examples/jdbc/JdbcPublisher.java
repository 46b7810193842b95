package io.scheduler.examples.jdbc;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageCodec;
import io.scheduler.core.queue.MessageEncoder;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.QueueName;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Publishes: encodes and checks everything first, then stores what is new in one transaction. */
final class JdbcPublisher {

    private static final String FORGET = "DELETE FROM seen_ids WHERE queue = ? AND seen_at <= ?";
    private static final String REMEMBER = """
            INSERT INTO seen_ids (queue, message_id, seen_at)
            SELECT name, ?, ? FROM queues
            WHERE name = ? AND NOT EXISTS (SELECT 1 FROM seen_ids WHERE queue = name AND message_id = ?)
            """;
    private static final String STORE = """
            INSERT INTO messages (queue, message_id, data, retry_count, attempts, due_at)
            VALUES (?, ?, ?, ?, 0, ?)
            """;

    private final Database database;
    private final MessageEncoder encoder;
    private final JdbcQueueSettings settings;
    private final Bell bell;

    JdbcPublisher(Database database, MessageCodec codec, JdbcQueueSettings settings, Bell bell) {
        this.database = database;
        this.encoder = new MessageEncoder(codec, settings.maxPayloadSize());
        this.settings = settings;
        this.bell = bell;
    }

    void publishAll(QueueName queue, List<Message> messages) {
        Operation publish = Operation.on("publish", queue, messages);
        database.requireOpen(publish);
        if (messages.isEmpty()) {
            return;
        }
        List<byte[]> encoded = messages.stream()
                .map(message -> encoder.encode(queue, message).bytes())
                .toList();
        database.call(publish, transaction -> store(transaction, queue, messages, encoded));
        bell.ring();
    }

    private Void store(Transaction transaction, QueueName queue, List<Message> messages, List<byte[]> encoded)
            throws SQLException {
        JdbcQueues.lockOrCreate(transaction, queue);
        Instant now = transaction.now();
        transaction.update(FORGET, queue.value(), now.minus(settings.deduplicationWindow()));
        List<Object[]> ids = new ArrayList<>();
        for (Message message : messages) {
            ids.add(new Object[] {message.id(), now, queue.value(), message.id()});
        }
        int[] isNew = transaction.updateEach(REMEMBER, ids);
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < isNew.length; i++) {
            if (isNew[i] > 0) {
                Message message = messages.get(i);
                rows.add(new Object[] {
                    queue.value(), message.id(), encoded.get(i), message.retryCount(), dueAt(message, now)
                });
            }
        }
        transaction.updateEach(STORE, rows);
        return null;
    }

    /** What the database would round down must not come early. */
    private static Instant dueAt(Message message, Instant now) {
        return message.notBefore()
                .filter(time -> time.isAfter(now))
                .map(time -> time.plusNanos(999).truncatedTo(ChronoUnit.MICROS))
                .orElse(now);
    }
}
