package io.scheduler.examples.jdbc;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageCodec;
import io.scheduler.core.message.PayloadException;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Receives: claims what is ready, or waits without a connection until the bell rings or it is time to look again. What
 * has had its attempts, or is no message, it has buried instead.
 */
final class JdbcReceiver {

    private static final String READY = """
            SELECT seq, data, retry_count, attempts, due_at FROM messages
            WHERE queue = ? AND due_at <= CURRENT_TIMESTAMP
            ORDER BY queue, due_at, seq LIMIT ?""";
    private static final String CLAIM = """
            UPDATE messages SET holder = ?, attempts = attempts + 1, due_at = ?
            WHERE seq = ? AND attempts = ? AND due_at = ?
            """;

    /** A row as it was when it was looked at. */
    record Candidate(long seq, byte[] data, int retryCount, int attempts, Instant dueAt) {

        static Candidate of(ResultSet row) throws SQLException {
            return new Candidate(
                    row.getLong(1), row.getBytes(2), row.getInt(3), row.getInt(4), Transaction.instant(row, 5));
        }
    }

    /** What one look came to: some taken, some to bury, or all of them lost to other consumers. */
    private record Look(boolean sawAny, List<Delivery> taken, List<Doomed> doomed) {}

    private record Doomed(Candidate candidate, String reason) {}

    private final Database database;
    private final SqlDialect dialect;
    private final MessageCodec codec;
    private final JdbcQueueSettings settings;
    private final JdbcQueues queues;
    private final JdbcSettlement settlement;
    private final Bell bell;

    JdbcReceiver(
            Database database,
            SqlDialect dialect,
            MessageCodec codec,
            JdbcQueueSettings settings,
            JdbcQueues queues,
            JdbcSettlement settlement,
            Bell bell) {
        this.database = database;
        this.dialect = dialect;
        this.codec = codec;
        this.settings = settings;
        this.queues = queues;
        this.settlement = settlement;
        this.bell = bell;
    }

    List<Delivery> receive(QueueName queue, int max, Duration maxWait) {
        // Both saturate or wrap as they should: a wait may be as long as a Duration can be.
        long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(maxWait);
        Operation receive = Operation.on("receive", queue);
        queues.create(queue);
        while (true) {
            long heard = bell.rings();
            List<Delivery> taken = take(receive, queue, max);
            long rest = deadline - System.nanoTime();
            if (!taken.isEmpty() || rest <= 0) {
                return taken;
            }
            pause(receive, heard, Math.min(rest, settings.pollInterval().toNanos()));
        }
    }

    /** Looks until it has something, or there is nothing. Whoever is beaten to a message looks again. */
    private List<Delivery> take(Operation receive, QueueName queue, int max) {
        while (true) {
            Look look = database.call(receive, transaction -> look(transaction, queue, max));
            look.doomed().forEach(doomed -> settlement.bury(queue, doomed.candidate(), doomed.reason()));
            if (!look.taken().isEmpty() || !look.sawAny()) {
                return look.taken();
            }
        }
    }

    private Look look(Transaction transaction, QueueName queue, int max) throws SQLException {
        List<Candidate> candidates = transaction.query(READY + dialect.claiming(), Candidate::of, queue.value(), max);
        if (candidates.isEmpty()) {
            return new Look(false, List.of(), List.of());
        }
        List<Candidate> claims = new ArrayList<>();
        List<Message> messages = new ArrayList<>();
        List<Doomed> doomed = new ArrayList<>();
        for (Candidate candidate : candidates) {
            try {
                Message message = codec.decode(candidate.data()).withRetryCount(candidate.retryCount());
                if (candidate.attempts() < settings.maxAttempts()) {
                    claims.add(candidate);
                    messages.add(message);
                } else {
                    doomed.add(new Doomed(
                            candidate,
                            "Not settled within its lease at the last of " + candidate.attempts() + " attempts"));
                }
            } catch (PayloadException e) {
                doomed.add(new Doomed(candidate, e.getMessage()));
            }
        }
        return new Look(true, claim(transaction, queue, claims, messages), doomed);
    }

    private List<Delivery> claim(
            Transaction transaction, QueueName queue, List<Candidate> claims, List<Message> messages)
            throws SQLException {
        Instant leaseEnd = transaction.now().plus(settings.lease());
        List<Object[]> values = new ArrayList<>();
        for (Candidate claim : claims) {
            values.add(new Object[] {settlement.holder(), leaseEnd, claim.seq(), claim.attempts(), claim.dueAt()});
        }
        int[] won = transaction.updateEach(CLAIM, values);
        List<Delivery> taken = new ArrayList<>();
        for (int i = 0; i < won.length; i++) {
            if (won[i] > 0) {
                Candidate claim = claims.get(i);
                taken.add(new JdbcDelivery(settlement, queue, messages.get(i), claim.seq(), claim.attempts() + 1));
            }
        }
        return taken;
    }

    private void pause(Operation receive, long heard, long nanos) {
        try {
            bell.await(heard, nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutcomeUnknownException(receive, "the thread was interrupted while it waited", e);
        }
    }
}
