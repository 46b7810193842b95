package io.scheduler.infrastructure.memory;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.PayloadCodec;
import io.scheduler.core.queue.DeadLetter;
import io.scheduler.core.queue.DeadLetters;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.Health;
import io.scheduler.core.queue.MessageConsumer;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.MessageSerializationException;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueRefusedException;
import io.scheduler.core.queue.QueueStats;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A message queue inside this process: the whole contract of the port, no server. For tests, for examples, and for
 * programs whose messages may end with them. Safe for use by several threads; no call but a {@link #receive} that waits
 * takes longer than a short lock.
 *
 * <p>All time comes from the clock: delays, leases, the deduplication window, and ages. It should not run backwards.
 * Only how long a receive waits is real time; a clock that is turned meanwhile is noticed within 5 milliseconds. So a
 * test of what happens later takes no longer than one of what happens now:
 *
 * <pre>{@code
 * @Test
 * void aReminderThatNobodySettlesComesAgain() {
 *     ManualClock clock = new ManualClock();
 *     MessageQueue queue = InMemoryMessageQueue.builder(new JacksonPayloadCodec(), clock)
 *             .lease(Duration.ofSeconds(30))
 *             .build();
 *     queue.publish(REMINDERS, Message.builder(REMINDER, "call back")
 *             .notBefore(clock.instant().plus(Duration.ofHours(1)))
 *             .build());
 *
 *     assertThat(queue.receive(REMINDERS, 1, Duration.ZERO)).isEmpty();
 *
 *     clock.advance(Duration.ofHours(1));
 *     Delivery first = queue.receive(REMINDERS, 1, Duration.ZERO).get(0);
 *     assertThat(first.message().payload(REMINDER)).isEqualTo("call back");
 *
 *     clock.advance(Duration.ofSeconds(30));
 *     Delivery second = queue.receive(REMINDERS, 1, Duration.ZERO).get(0);
 *     assertThat(second.attempt()).isEqualTo(2);
 *     assertThat(first.ack()).isFalse();
 *     assertThat(second.ack()).isTrue();
 * }
 * }</pre>
 *
 * <p>Payloads are encoded when they are published, as an adapter of a broker does: what has no JSON form is refused
 * with {@link MessageSerializationException}, what is too large with {@link QueueRefusedException}, and a value that
 * changes afterwards does not change the message. The codec that encoded one decodes it.
 *
 * <p>A message that is delivered again goes to the end of the queue. {@link QueueStats#consumers} counts the queue
 * objects that have received from the queue and are not closed. A {@link DeadLetter} has the fields {@code message_id},
 * {@code type} and {@code payload}, the last of them encoded.
 */
public final class InMemoryMessageQueue implements MessageQueue {

    private final PayloadEncoder encoder;
    private final Duration deduplicationWindow;
    private final LeaseTerms terms;
    private final InMemoryBroker broker;
    private final Session session;

    /**
     * A queue on a broker of its own with the default limits: ids are remembered for 2 minutes, payloads have at most 1
     * MiB, a lease lasts 30 seconds, and a message has 10 attempts.
     *
     * @param codec encodes payloads when they are published, and decodes them when they are read
     * @param clock tells the time, {@link InstantSource#system()} outside of tests
     */
    public InMemoryMessageQueue(PayloadCodec codec, InstantSource clock) {
        this(builder(codec, clock));
    }

    InMemoryMessageQueue(InMemoryMessageQueueBuilder settings) {
        encoder = new PayloadEncoder(settings.codec, settings.maxPayloadSize);
        deduplicationWindow = settings.deduplicationWindow;
        terms = new LeaseTerms(settings.lease, settings.maxAttempts);
        broker = settings.broker;
        session = new Session(broker);
    }

    /**
     * Starts a queue on a broker of its own, with other limits.
     *
     * @param codec encodes payloads when they are published, and decodes them when they are read
     * @param clock tells the time, {@link InstantSource#system()} outside of tests
     * @return a builder, for use by one thread
     */
    public static InMemoryMessageQueueBuilder builder(PayloadCodec codec, InstantSource clock) {
        return builder(codec, new InMemoryBroker(clock));
    }

    /**
     * Starts a queue on a broker that it may share with others.
     *
     * @param codec encodes payloads when they are published, and decodes them when they are read
     * @param broker holds the messages, and tells the time
     * @return a builder, for use by one thread
     */
    public static InMemoryMessageQueueBuilder builder(PayloadCodec codec, InMemoryBroker broker) {
        return new InMemoryMessageQueueBuilder(codec, broker);
    }

    @Override
    public void publish(QueueName queue, Message message) {
        publishAll(queue, List.of(message));
    }

    /** {@inheritDoc} The future is complete when this returns. */
    @Override
    public CompletableFuture<Void> publishAsync(QueueName queue, Message message) {
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(message, "message");
        try {
            publish(queue, message);
            return CompletableFuture.completedFuture(null);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void publishAll(QueueName queue, List<Message> messages) {
        Objects.requireNonNull(queue, "queue");
        List<Message> wanted = List.copyOf(messages);
        Operation publish = Operation.on("publish", queue, wanted);
        session.requireOpen(publish);
        // Outside of the lock, because the codec is the caller's; before the first is stored, because it may refuse
        // one.
        List<Message> encoded =
                wanted.stream().map(message -> encoder.encode(queue, message)).toList();
        session.call(publish, () -> {
            encoded.forEach(message -> broker.created(queue).add(message, deduplicationWindow));
            return null;
        });
    }

    @Override
    public List<Delivery> receive(QueueName queue, int maxDeliveries, Duration maxWait) {
        MessageConsumer.requireValidReceive(maxDeliveries, maxWait);
        return session.await(
                Operation.on("receive", queue),
                maxWait,
                () -> broker.created(queue).take(maxDeliveries, session, terms).stream()
                        .<Delivery>map(lease -> new InMemoryDelivery(session, queue, lease))
                        .toList());
    }

    @Override
    public List<Delivery> ackAll(Collection<? extends Delivery> deliveries) {
        List<Delivery> wanted = deliveries.stream()
                .map(delivery -> Objects.<Delivery>requireNonNull(delivery, "delivery"))
                .distinct()
                .toList();
        List<Message> messages = wanted.stream().map(Delivery::message).toList();
        Operation ack = new Operation(
                "ack", Optional.empty(), messages.stream().map(Message::id).toList());
        return session.call(ack, () -> {
            wanted.forEach(this::requireOurs);
            return wanted.stream().filter(delivery -> !delivery.ack()).toList();
        });
    }

    @Override
    public boolean create(QueueName queue) {
        return session.call(Operation.on("create", queue), () -> {
            boolean missing = broker.existing(queue).isEmpty();
            broker.created(queue);
            return missing;
        });
    }

    @Override
    public boolean exists(QueueName queue) {
        return session.call(
                Operation.on("check existence", queue),
                () -> broker.existing(queue).isPresent());
    }

    @Override
    public boolean delete(QueueName queue) {
        return session.call(Operation.on("delete", queue), () -> broker.delete(queue));
    }

    @Override
    public long purge(QueueName queue) {
        return session.call(
                Operation.on("purge", queue),
                () -> broker.existing(queue).map(MemoryQueue::purge).orElse(0L));
    }

    @Override
    public QueueStats stats(QueueName queue) {
        return session.call(
                Operation.on("read stats", queue),
                () -> broker.existing(queue).map(MemoryQueue::stats).orElse(QueueStats.EMPTY));
    }

    @Override
    public List<DeadLetter> deadLetters(QueueName queue, String afterId, int max) {
        DeadLetters.requireValidList(max);
        long afterPlace = afterId.isEmpty() ? 0 : MemoryDeadLetters.place(afterId);
        return session.call(
                Operation.on("list dead letters", queue),
                () -> broker.existing(queue)
                        .map(state -> state.deadLetters().list(afterPlace, max, encoder.codec()))
                        .orElse(List.of()));
    }

    @Override
    public long redrive(QueueName queue, int max) {
        DeadLetters.requireValidRedrive(max);
        return session.call(
                Operation.on("redrive", queue),
                () -> broker.existing(queue)
                        .map(state -> state.redrive(state.deadLetters().take(max)))
                        .orElse(0L));
    }

    @Override
    public long redrive(QueueName queue, Collection<String> ids) {
        List<Long> places = ids.stream().map(MemoryDeadLetters::place).toList();
        return session.call(
                Operation.on("redrive", queue),
                () -> broker.existing(queue)
                        .map(state -> state.redrive(state.deadLetters().take(places)))
                        .orElse(0L));
    }

    @Override
    public long purgeDeadLetters(QueueName queue) {
        return session.call(
                Operation.on("purge dead letters", queue),
                () -> broker.existing(queue)
                        .map(state -> state.deadLetters().clear())
                        .orElse(0L));
    }

    /** {@inheritDoc} This one is always up. */
    @Override
    public Health health() {
        Operation check = new Operation("check health", Optional.empty(), List.of());
        return session.call(check, () -> new Health(true, Duration.ZERO, Map.of(), List.of()));
    }

    /** Closes the queue at once. What it held stays with its broker. */
    @Override
    public void close() {
        session.close();
    }

    private void requireOurs(Delivery delivery) {
        if (!(delivery instanceof InMemoryDelivery ours) || !ours.isOf(session)) {
            throw new IllegalArgumentException(
                    "Not a delivery of this queue object: " + delivery + "; acknowledge it where it was received");
        }
    }
}
