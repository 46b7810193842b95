package io.scheduler.infrastructure.memory;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.PayloadCodec;
import io.scheduler.core.queue.Health;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.MessageSerializationException;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.QueueClosedException;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueRefusedException;
import io.scheduler.core.queue.QueueStats;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A message queue inside this process: the whole contract of the port, no server. For tests, for examples, and for
 * programs whose messages may end with them. Safe for use by several threads; no call waits for anything but a short
 * lock.
 *
 * <p>Payloads are encoded when they are published, as an adapter of a broker does: what has no JSON form is refused
 * with {@link MessageSerializationException}, what is too large with {@link QueueRefusedException}, and a value that
 * changes afterwards does not change the message.
 *
 * <p>All time comes from the clock: delays, the deduplication window, and ages. It should not run backwards.
 */
public final class InMemoryMessageQueue implements MessageQueue {

    private final MessageEncoder encoder;
    private final InstantSource clock;
    private final Duration deduplicationWindow;

    /** Guards everything below, and every {@link MemoryQueue}; {@code closed} may be read without it. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<QueueName, MemoryQueue> queues = new HashMap<>();
    private volatile boolean closed;

    /**
     * A queue with the default limits: ids are remembered for 2 minutes, payloads have at most 1 MiB.
     *
     * @param codec encodes payloads when they are published, and decodes them when they are read
     * @param clock tells the time, {@link InstantSource#system()} outside of tests
     */
    public InMemoryMessageQueue(PayloadCodec codec, InstantSource clock) {
        this(builder(codec, clock));
    }

    InMemoryMessageQueue(InMemoryMessageQueueBuilder settings) {
        encoder = new MessageEncoder(settings.codec, settings.maxPayloadSize);
        clock = settings.clock;
        deduplicationWindow = settings.deduplicationWindow;
    }

    /**
     * Starts a queue with other limits.
     *
     * @param codec encodes payloads when they are published, and decodes them when they are read
     * @param clock tells the time, {@link InstantSource#system()} outside of tests
     * @return a builder, for use by one thread
     */
    public static InMemoryMessageQueueBuilder builder(PayloadCodec codec, InstantSource clock) {
        return new InMemoryMessageQueueBuilder(codec, clock);
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
        requireOpen(publish);
        // Outside of the lock, because the codec is the caller's; before the first is stored, because it may refuse
        // one.
        List<Message> encoded =
                wanted.stream().map(message -> encoder.encode(queue, message)).toList();
        whileOpen(publish, now -> {
            encoded.forEach(message -> created(queue).add(message, now));
            return null;
        });
    }

    @Override
    public boolean create(QueueName queue) {
        return whileOpen(Operation.on("create", queue), now -> {
            boolean missing = !queues.containsKey(queue);
            created(queue);
            return missing;
        });
    }

    @Override
    public boolean exists(QueueName queue) {
        return whileOpen(Operation.on("check existence", queue), now -> queues.containsKey(queue));
    }

    @Override
    public boolean delete(QueueName queue) {
        return whileOpen(Operation.on("delete", queue), now -> queues.remove(queue) != null);
    }

    @Override
    public long purge(QueueName queue) {
        return whileOpen(
                Operation.on("purge", queue),
                now -> existing(queue).map(MemoryQueue::purge).orElse(0L));
    }

    @Override
    public QueueStats stats(QueueName queue) {
        return whileOpen(
                Operation.on("read stats", queue),
                now -> existing(queue).map(state -> state.stats(now)).orElse(QueueStats.EMPTY));
    }

    /** {@inheritDoc} This one is always up. */
    @Override
    public Health health() {
        Operation check = new Operation("check health", Optional.empty(), List.of());
        return whileOpen(check, now -> new Health(true, Duration.ZERO, Map.of(), List.of()));
    }

    /** Closes the queue at once and lets go of all messages. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            queues.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Does something at one moment, under the lock, unless this queue was closed. */
    private <T> T whileOpen(Operation operation, Function<Instant, T> action) {
        lock.lock();
        try {
            requireOpen(operation);
            return action.apply(clock.instant());
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen(Operation operation) {
        if (closed) {
            throw new QueueClosedException(operation);
        }
    }

    private MemoryQueue created(QueueName queue) {
        return queues.computeIfAbsent(queue, name -> new MemoryQueue(deduplicationWindow));
    }

    private Optional<MemoryQueue> existing(QueueName queue) {
        return Optional.ofNullable(queues.get(queue));
    }
}
