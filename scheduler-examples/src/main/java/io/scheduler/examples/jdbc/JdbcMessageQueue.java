package io.scheduler.examples.jdbc;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageCodec;
import io.scheduler.core.queue.DeadLetter;
import io.scheduler.core.queue.DeadLetters;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.Health;
import io.scheduler.core.queue.MessageConsumer;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.QueueClosedException;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueStats;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * A message queue in a relational database: H2 or PostgreSQL. An example of an adapter, which passes the whole
 * contract; made to be read, and not to be the fastest. Safe for use by several threads.
 *
 * <p>The broker's clock is the database's. A message is claimed, settled and moved by statements that name the
 * delivery, in one transaction each, so that what is not committed is not done.
 *
 * <p>A publication wakes those who wait in this queue object at once. Others, and what becomes due, are noticed within
 * {@link JdbcQueueSettings#pollInterval}; PostgreSQL's LISTEN could do better. Publications to one queue are stored one
 * after the other, and asynchronous ones by one thread, in their order.
 *
 * <p>A statement is given up after {@link JdbcQueueSettings#timeout}. How long it takes to connect, or to notice that
 * the network is gone, is up to the {@link DataSource}, which should be a pool, and stays the caller's.
 */
public final class JdbcMessageQueue implements MessageQueue {

    private static final Duration CLOSE = Duration.ofSeconds(8);

    private final Database database;
    private final Bell bell = new Bell();
    private final JdbcQueues queues;
    private final JdbcPublisher publisher;
    private final JdbcReceiver receiver;
    private final JdbcSettlement settlement;
    private final JdbcDeadLetters deadLetters;
    private final ExecutorService async = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "jdbc-publisher");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Opens a queue, and creates its tables where they are missing.
     *
     * @param source where connections come from; not closed with the queue
     * @param codec gives messages the form in which they are stored
     * @param settings how the queue behaves
     * @throws QueueException if the tables could not be created
     */
    public JdbcMessageQueue(DataSource source, MessageCodec codec, JdbcQueueSettings settings) {
        database = new Database(source, settings.timeout());
        queues = new JdbcQueues(database);
        SqlDialect dialect = queues.createTables();
        publisher = new JdbcPublisher(database, codec, settings, bell);
        settlement = new JdbcSettlement(database, settings, bell);
        receiver = new JdbcReceiver(database, dialect, codec, settings, queues, settlement, bell);
        deadLetters = new JdbcDeadLetters(database, codec, bell);
    }

    @Override
    public void publish(QueueName queue, Message message) {
        publishAll(queue, List.of(message));
    }

    @Override
    public CompletableFuture<Void> publishAsync(QueueName queue, Message message) {
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(message, "message");
        try {
            // A copy, because cancelling what runAsync returns would take the publication back.
            return CompletableFuture.runAsync(() -> publish(queue, message), async)
                    .copy();
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(
                    new QueueClosedException(Operation.on("publish", queue, List.of(message))));
        }
    }

    @Override
    public void publishAll(QueueName queue, List<Message> messages) {
        publisher.publishAll(Objects.requireNonNull(queue, "queue"), List.copyOf(messages));
    }

    @Override
    public List<Delivery> receive(QueueName queue, int maxDeliveries, Duration maxWait) {
        MessageConsumer.requireValidReceive(maxDeliveries, maxWait);
        return receiver.receive(queue, maxDeliveries, maxWait);
    }

    @Override
    public List<Delivery> ackAll(Collection<? extends Delivery> deliveries) {
        return settlement.ackAll(deliveries);
    }

    @Override
    public boolean create(QueueName queue) {
        return queues.create(queue);
    }

    @Override
    public boolean exists(QueueName queue) {
        return queues.exists(queue);
    }

    @Override
    public boolean delete(QueueName queue) {
        return queues.delete(queue);
    }

    @Override
    public long purge(QueueName queue) {
        return queues.purge(queue);
    }

    @Override
    public QueueStats stats(QueueName queue) {
        return queues.stats(queue);
    }

    @Override
    public List<DeadLetter> deadLetters(QueueName queue, String afterId, int max) {
        DeadLetters.requireValidList(max);
        return deadLetters.list(queue, afterId, max);
    }

    @Override
    public long redrive(QueueName queue, int max) {
        DeadLetters.requireValidRedrive(max);
        return deadLetters.redrive(queue, max);
    }

    @Override
    public long redrive(QueueName queue, Collection<String> ids) {
        return deadLetters.redrive(queue, ids);
    }

    @Override
    public long purgeDeadLetters(QueueName queue) {
        return deadLetters.purge(queue);
    }

    @Override
    public Health health() {
        Operation check = new Operation("check health", Optional.empty(), List.of());
        long start = System.nanoTime();
        try {
            List<String> product = database.call(check, transaction -> {
                transaction.now();
                return transaction.product();
            });
            Map<String, String> details = Map.of("product", product.get(0), "version", product.get(1));
            return new Health(true, since(start), details, List.of());
        } catch (QueueClosedException e) {
            throw e;
        } catch (QueueException e) {
            return Health.down(since(start), e.getMessage() + ". Check the database and the settings of its pool");
        }
    }

    /** {@inheritDoc} That takes up to 9 seconds: calls that are under way are waited for. */
    @Override
    public void close() {
        database.close();
        bell.ring();
        async.shutdown();
        try {
            database.awaitCalls(CLOSE);
            async.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
