package io.scheduler.examples.jdbc;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Settles deliveries: each statement names the delivery, and changes nothing if that is not the valid one any more. */
final class JdbcSettlement {

    private static final String HELD = " WHERE seq = ? AND attempts = ? AND holder = ?";
    private static final String ACK = "DELETE FROM messages" + HELD;
    private static final String NACK = "UPDATE messages SET holder = NULL, retry_count = ?, due_at = ?" + HELD;

    private static final String RELEASE = """
            INSERT INTO messages (queue, message_id, data, retry_count, attempts, due_at)
            SELECT queue, message_id, data, retry_count, attempts - 1, CURRENT_TIMESTAMP FROM messages WHERE seq = ?
            """;
    private static final String EXTEND = "UPDATE messages SET due_at = ?" + HELD;
    private static final String LOCK_HELD = "SELECT 1 FROM messages" + HELD + " FOR UPDATE";
    private static final String LOCK_UNCHANGED =
            "SELECT 1 FROM messages WHERE seq = ? AND attempts = ? AND due_at = ? FOR UPDATE";

    private final Database database;
    private final JdbcQueueSettings settings;
    private final Bell bell;
    private final String holder = UUID.randomUUID().toString();

    JdbcSettlement(Database database, JdbcQueueSettings settings, Bell bell) {
        this.database = database;
        this.settings = settings;
        this.bell = bell;
    }

    /** What marks a row as held by this queue object. */
    String holder() {
        return holder;
    }

    Duration lease() {
        return settings.lease();
    }

    int maxAttempts() {
        return settings.maxAttempts();
    }

    boolean ack(JdbcDelivery delivery) {
        return database.call(operation("ack", delivery), transaction -> transaction.update(ACK, held(delivery)) > 0);
    }

    /** Acknowledges in the order of the rows, so that two who do the same do not wait for each other. */
    List<Delivery> ackAll(Collection<? extends Delivery> deliveries) {
        List<Delivery> wanted = List.copyOf(deliveries);
        Operation ack = new Operation(
                "ack",
                Optional.empty(),
                wanted.stream().map(Delivery::message).map(Message::id).toList());
        database.requireOpen(ack);
        List<JdbcDelivery> ours = wanted.stream()
                .map(this::requireOurs)
                .sorted(Comparator.comparingLong(JdbcDelivery::seq))
                .toList();
        return database.call(ack, transaction -> {
            int[] acknowledged =
                    transaction.updateEach(ACK, ours.stream().map(this::held).toList());
            List<Delivery> stale = new ArrayList<>();
            for (int i = 0; i < acknowledged.length; i++) {
                if (acknowledged[i] == 0) {
                    stale.add(ours.get(i));
                }
            }
            return stale;
        });
    }

    boolean nack(JdbcDelivery delivery, Duration delay) {
        if (delivery.attempt() >= settings.maxAttempts()) {
            return bury(
                    operation("nack", delivery),
                    delivery,
                    "Handed back at the last of " + delivery.attempt() + " attempts");
        }
        int retries = (int) Math.min(Integer.MAX_VALUE, delivery.message().retryCount() + 1L);
        boolean done = database.call(
                operation("nack", delivery),
                transaction -> transaction.update(
                                NACK,
                                withHeld(delivery, retries, transaction.now().plus(delay)))
                        > 0);
        bell.ring();
        return done;
    }

    /** Another row, because the next delivery has the same attempt. */
    boolean release(JdbcDelivery delivery) {
        boolean done = database.call(operation("release", delivery), transaction -> {
            boolean valid =
                    JdbcQueues.lock(transaction, delivery.queue()) && transaction.exists(LOCK_HELD, held(delivery));
            if (valid) {
                transaction.update(RELEASE, delivery.seq());
                transaction.update(ACK, held(delivery));
            }
            return valid;
        });
        bell.ring();
        return done;
    }

    boolean reject(JdbcDelivery delivery, String reason) {
        return bury(operation("reject", delivery), delivery, reason);
    }

    boolean extendLease(JdbcDelivery delivery) {
        return database.call(
                operation("extend the lease", delivery),
                transaction -> transaction.update(
                                EXTEND, withHeld(delivery, transaction.now().plus(settings.lease())))
                        > 0);
    }

    /** Buries what nobody holds, if nothing has happened to it since it was looked at. */
    void bury(QueueName queue, JdbcReceiver.Candidate candidate, String reason) {
        bury(
                Operation.on("bury", queue),
                queue,
                candidate.seq(),
                reason,
                LOCK_UNCHANGED,
                candidate.seq(),
                candidate.attempts(),
                candidate.dueAt());
    }

    private boolean bury(Operation operation, JdbcDelivery delivery, String reason) {
        return bury(operation, delivery.queue(), delivery.seq(), reason, LOCK_HELD, held(delivery));
    }

    /** The queue is locked before the row, as by everyone who locks both. */
    private boolean bury(
            Operation operation, QueueName queue, long seq, String reason, String lock, Object... unlessChanged) {
        return database.call(operation, transaction -> {
            boolean valid = JdbcQueues.lock(transaction, queue) && transaction.exists(lock, unlessChanged);
            if (valid) {
                JdbcDeadLetters.bury(transaction, seq, reason);
            }
            return valid;
        });
    }

    private Object[] held(JdbcDelivery delivery) {
        return withHeld(delivery);
    }

    private Object[] withHeld(JdbcDelivery delivery, Object... changes) {
        List<Object> values = new ArrayList<>(List.of(changes));
        values.addAll(List.of(delivery.seq(), delivery.attempt(), holder));
        return values.toArray();
    }

    private JdbcDelivery requireOurs(Delivery delivery) {
        if (delivery instanceof JdbcDelivery ours && ours.settlement() == this) {
            return ours;
        }
        throw new IllegalArgumentException(
                "Not a delivery of this queue object: " + delivery + "; acknowledge it where it was received");
    }

    private static Operation operation(String name, JdbcDelivery delivery) {
        return Operation.on(name, delivery.queue(), List.of(delivery.message()));
    }
}
