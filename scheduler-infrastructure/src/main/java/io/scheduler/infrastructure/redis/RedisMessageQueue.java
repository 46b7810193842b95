package io.scheduler.infrastructure.redis;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageCodec;
import io.scheduler.core.queue.Health;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueClosedException;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueStats;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.redisson.api.RedissonClient;

/**
 * A message queue on Redis Streams.
 *
 * <p>It connects when it is first used, so it can be built while Redis is down. It tries each operation once;
 * {@code RetryingMessageQueue} around it repeats what failed. One try takes at most {@code connectionTimeout} plus
 * twice {@code commandTimeout}: the second for waiting behind publications that get no answer.
 *
 * <p>Safe for use by several threads, which share its few connections. Publications of several threads to one queue
 * travel together when they meet.
 */
public final class RedisMessageQueue implements MessageQueue {

    private final RedisStreamConfig config;
    private final RedisConnection connection;
    private final RedisErrors errors;
    private final RedisPublisher publisher;
    private final RedisQueueAdmin admin;
    private final RedisHealthCheck healthCheck;
    private volatile boolean closed;

    private RedisMessageQueue(RedisConnection connection, RedisStreamConfig config, MessageCodec codec) {
        this.config = config;
        this.connection = connection;
        this.errors = new RedisErrors(connection.server(), config.commandTimeout());
        RedisScripts scripts = new RedisScripts(connection, config);
        this.publisher = new RedisPublisher(scripts, config, codec);
        this.admin = new RedisQueueAdmin(scripts, config);
        this.healthCheck = new RedisHealthCheck(scripts, errors);
    }

    /**
     * A queue with connections of its own, which {@link #close} ends. Does not connect yet.
     *
     * @param config which Redis, and how
     * @param codec how messages are stored
     * @return the queue
     */
    public static RedisMessageQueue open(RedisStreamConfig config, MessageCodec codec) {
        return new RedisMessageQueue(RedisConnection.own(config), config, Objects.requireNonNull(codec, "codec"));
    }

    /**
     * A queue on a client that the caller owns, and that {@link #close} leaves open. How to connect is the client's
     * affair; its retries, codec and name mapper do not apply to the queue, whose timeouts, retries and keys are those
     * of {@code config}.
     *
     * @param client the caller's client
     * @param config how the queues behave
     * @param codec how messages are stored
     * @return the queue
     */
    public static RedisMessageQueue on(RedissonClient client, RedisStreamConfig config, MessageCodec codec) {
        Objects.requireNonNull(client, "client");
        return new RedisMessageQueue(RedisConnection.borrowed(client), config, Objects.requireNonNull(codec, "codec"));
    }

    @Override
    public void publish(QueueName queue, Message message) {
        publishAll(queue, List.of(message));
    }

    @Override
    public void publishAll(QueueName queue, List<Message> messages) {
        Operation operation = Operation.on("publish", queue, messages);
        requireOpen(operation);
        if (!messages.isEmpty()) {
            await(operation, publisher.publish(operation, queue, messages));
        }
    }

    @Override
    public CompletableFuture<Void> publishAsync(QueueName queue, Message message) {
        Operation operation = Operation.on("publish", queue, List.of(message));
        try {
            requireOpen(operation);
            return publisher
                    .publish(operation, queue, List.of(message))
                    .exceptionallyCompose(
                            failure -> CompletableFuture.failedFuture(errors.translate(operation, failure)));
        } catch (QueueException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public boolean create(QueueName queue) {
        return call(Operation.on("create", queue), () -> admin.create(queue));
    }

    @Override
    public boolean exists(QueueName queue) {
        return call(Operation.on("exists", queue), () -> admin.exists(queue));
    }

    @Override
    public boolean delete(QueueName queue) {
        return call(Operation.on("delete", queue), () -> admin.delete(queue));
    }

    @Override
    public long purge(QueueName queue) {
        return call(Operation.on("purge", queue), () -> admin.purge(queue));
    }

    @Override
    public QueueStats stats(QueueName queue) {
        return call(Operation.on("stats", queue), () -> admin.stats(queue));
    }

    @Override
    public Health health() {
        return call(new Operation("check the health", Optional.empty(), List.of()), healthCheck::check);
    }

    /**
     * Closes the queue: waits for publications that were accepted, at most {@code commandTimeout}, then lets go of the
     * rest, and ends its connections within four seconds. A client that the caller owns stays open.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            publisher.drained().get(config.commandTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Whoever waits for these publications is told by their futures.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        publisher.close();
        connection.close();
    }

    private void requireOpen(Operation operation) {
        if (closed) {
            throw new QueueClosedException(operation);
        }
    }

    private <T> T call(Operation operation, Supplier<CompletableFuture<T>> action) {
        requireOpen(operation);
        return await(operation, action.get());
    }

    /** Waits on the caller's thread, where errors are made too, so that their stack traces show who called. */
    private <T> T await(Operation operation, CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw errors.translate(operation, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutcomeUnknownException(operation, "the thread was interrupted before the answer came", e);
        }
    }
}
