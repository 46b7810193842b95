package io.scheduler.infrastructure.redis;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageCodec;
import io.scheduler.core.queue.DeadLetter;
import io.scheduler.core.queue.DeadLetters;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.Health;
import io.scheduler.core.queue.MessageConsumer;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueClosedException;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueRefusedException;
import io.scheduler.core.queue.QueueStats;
import io.scheduler.core.queue.QueueUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.redisson.api.RedissonClient;

/**
 * A message queue on Redis Streams.
 *
 * <p>It connects when it is first used, so it can be built while Redis is down. It tries each operation once;
 * {@code RetryingMessageQueue} around it repeats what failed. One try takes at most {@code connectionTimeout} plus
 * twice {@code commandTimeout}: the second for waiting behind publications that get no answer.
 *
 * <p>A message whose delay or lease has ended is made ready by whoever receives from its queue, without anything else
 * that has to run. A message that is delivered again goes to the end of the queue.
 *
 * <p>Safe for use by several threads, which share its few connections. Publications of several threads to one queue
 * travel together when many meet. Receives that wait have connections of their own, up to 64 at a time; further ones
 * wait for their turn. So have publications that wait for replicas or disks ({@link Durability}), up to 32; on a client
 * that the caller owns they hold one of its connections for each queue that is published to.
 */
public final class RedisMessageQueue implements MessageQueue {

    private static final int COMMAND_CONNECTIONS = 1;

    /** From ten on, each is lent to one batch at a time; there is one batch at a time for each queue. */
    private static final int CONFIRMING_CONNECTIONS = 32;

    private static final Duration STAGES_TIMEOUT = Duration.ofSeconds(1);

    private final RedisStreamConfig config;
    private final RedisConnection connection;
    private final RedisConnection readerConnection;
    private final RedisConnection publisherConnection;

    /** Which of them publications take. */
    private final RedisConnection publications;

    private final Deadlines deadlines;
    private final RedisErrors errors;
    private final RedisCalls calls;
    private final RedisPublisher publisher;
    private final RedisStreamReader reader;
    private final RedisMaintenance maintenance;
    private final RedisSettlement settlement;
    private final RedisReceiver receiver;
    private final RedisQueueAdmin admin;
    private final RedisDeadLetters deadLetters;
    private final RedisHealthCheck healthCheck;

    private RedisMessageQueue(
            RedisConnection connection,
            RedisConnection readerConnection,
            RedisConnection publisherConnection,
            int readers,
            RedisStreamConfig config,
            MessageCodec codec) {
        this.config = Objects.requireNonNull(config, "config");
        Objects.requireNonNull(codec, "codec");
        this.deadlines = new Deadlines();
        this.connection = connection;
        this.readerConnection = readerConnection;
        this.publisherConnection = publisherConnection;
        this.publications = config.durability() instanceof Durability.Master ? connection : publisherConnection;
        this.errors = new RedisErrors(connection.server(), config.commandTimeout());
        this.calls = new RedisCalls(connection, errors);
        RedisScripts scripts = new RedisScripts(connection, config, deadlines, sender());
        this.publisher = new RedisPublisher(publishing(scripts), config, codec);
        this.reader = new RedisStreamReader(connection, readerConnection, waitingReads(), config, deadlines, readers);
        ConsumerNames names = new ConsumerNames(config.consumerId());
        this.maintenance = new RedisMaintenance(scripts, errors, names, config);
        this.settlement = new RedisSettlement(scripts, calls, config);
        this.receiver = new RedisReceiver(reader, scripts, maintenance, settlement, names, errors, config, codec);
        this.admin = new RedisQueueAdmin(scripts, config);
        this.deadLetters = new RedisDeadLetters(scripts, config, codec);
        this.healthCheck = new RedisHealthCheck(scripts, errors, config, InstantSource.system());
    }

    /**
     * A queue with connections of its own, which {@link #close} ends. Does not connect yet; one daemon thread watches
     * over deadlines from now on.
     *
     * @param config which Redis, and how
     * @param codec how messages are stored
     * @return the queue
     */
    public static RedisMessageQueue open(RedisStreamConfig config, MessageCodec codec) {
        return new RedisMessageQueue(
                RedisConnection.own(config, "commands", COMMAND_CONNECTIONS),
                RedisConnection.own(config, "reads that wait", RedisStreamReader.CONNECTIONS),
                RedisConnection.own(config, "publications that wait", CONFIRMING_CONNECTIONS),
                RedisStreamReader.CONNECTIONS,
                config,
                codec);
    }

    /**
     * A queue on a client that the caller owns, and that {@link #close} leaves open. How to connect is the client's
     * affair; its retries, codec and name mapper do not apply to the queue, whose timeouts, retries and keys are those
     * of {@code config}. Receives that wait hold no more than half of the client's connections to a master.
     *
     * @param client the caller's client, as {@code Redisson.create} returned it
     * @param config how the queues behave
     * @param codec how messages are stored
     * @return the queue
     * @throws IllegalArgumentException if the client is a proxy of some kind
     */
    public static RedisMessageQueue on(RedissonClient client, RedisStreamConfig config, MessageCodec codec) {
        RedisConnection borrowed = RedisConnection.borrowed(Objects.requireNonNull(client, "client"));
        return new RedisMessageQueue(borrowed, borrowed, borrowed, Math.max(1, borrowed.poolSize() / 2), config, codec);
    }

    /** Whether commands need not pass Redisson's executor: on connections of our own to a single master. */
    private boolean isDirect() {
        return connection != readerConnection && !(config.topology() instanceof RedisTopology.Cluster);
    }

    private Optional<WaitingReads> waitingReads() {
        return isDirect() ? Optional.of(new WaitingReads(deadlines, config)) : Optional.empty();
    }

    private ScriptSender sender() {
        return isDirect()
                ? new DirectSender(deadlines, config.commandTimeout())
                : new RedissonSender(config.commandTimeout());
    }

    private RedisScripts publishing(RedisScripts scripts) {
        return config.durability() instanceof Durability.Master
                ? scripts
                : new RedisScripts(publisherConnection, config, deadlines, new ConfirmingSender(config));
    }

    @Override
    public void publish(QueueName queue, Message message) {
        Operation operation = Operation.on("publish", queue, message);
        calls.requireOpen(operation);
        publish(operation, queue, List.of(message));
    }

    @Override
    public void publishAll(QueueName queue, List<Message> messages) {
        Operation operation = Operation.on("publish", queue, messages);
        calls.requireOpen(operation);
        if (!messages.isEmpty()) {
            publish(operation, queue, messages);
        }
    }

    private void publish(Operation operation, QueueName queue, List<Message> messages) {
        Publication publication = publisher.prepare(operation, queue, messages, false);
        calls.call(operation, publications, () -> publisher.publish(queue, publication));
    }

    @Override
    public CompletableFuture<Void> publishAsync(QueueName queue, Message message) {
        Operation operation = Operation.on("publish", queue, message);
        try {
            calls.requireOpen(operation);
            Publication publication = publisher.prepare(operation, queue, List.of(message), true);
            return publications
                    .start(() -> publisher.publish(queue, publication))
                    .exceptionallyCompose(
                            failure -> CompletableFuture.failedFuture(errors.translate(operation, failure)));
        } catch (QueueException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public List<Delivery> receive(QueueName queue, int maxDeliveries, Duration maxWait) {
        MessageConsumer.requireValidReceive(maxDeliveries, maxWait);
        Operation operation = Operation.on("receive", queue);
        calls.requireOpen(operation);
        try {
            return receiver.receive(queue, maxDeliveries, maxWait);
        } catch (InterruptedException e) {
            throw RedisCalls.interrupted(operation, e);
        } catch (QueueException e) {
            throw calls.isClosed() ? new QueueClosedException(operation) : e;
        }
    }

    @Override
    public List<Delivery> ackAll(Collection<? extends Delivery> deliveries) {
        return settlement.ackAll(deliveries);
    }

    @Override
    public boolean create(QueueName queue) {
        return calls.call(Operation.on("create", queue), () -> admin.create(queue));
    }

    @Override
    public boolean exists(QueueName queue) {
        return calls.call(Operation.on("exists", queue), () -> admin.exists(queue));
    }

    @Override
    public boolean delete(QueueName queue) {
        boolean existed = calls.call(Operation.on("delete", queue), () -> admin.delete(queue));
        publisher.forget(queue);
        receiver.forget(queue);
        return existed;
    }

    @Override
    public long purge(QueueName queue) {
        return calls.call(Operation.on("purge", queue), () -> admin.purge(queue));
    }

    @Override
    public QueueStats stats(QueueName queue) {
        return calls.call(Operation.on("stats", queue), () -> admin.stats(queue));
    }

    @Override
    public List<DeadLetter> deadLetters(QueueName queue, String afterId, int max) {
        DeadLetters.requireValidList(max);
        if (!afterId.isEmpty()) {
            RedisDeadLetters.requireId(afterId);
        }
        Operation operation = Operation.on("list the dead letters", queue);
        return deadLetters.read(queue, calls.call(operation, () -> deadLetters.list(queue, afterId, max)));
    }

    @Override
    public long redrive(QueueName queue, int max) {
        DeadLetters.requireValidRedrive(max);
        return calls.call(Operation.on("redrive", queue), () -> deadLetters.redrive(queue, max));
    }

    @Override
    public long redrive(QueueName queue, Collection<String> ids) {
        ids.forEach(RedisDeadLetters::requireId);
        return calls.call(Operation.on("redrive", queue), () -> deadLetters.redrive(queue, ids));
    }

    @Override
    public long purgeDeadLetters(QueueName queue) {
        return calls.call(Operation.on("purge the dead letters", queue), () -> deadLetters.purge(queue));
    }

    @Override
    public Health health() {
        return calls.call(new Operation("check the health", Optional.empty(), List.of()), healthCheck::check);
    }

    @Override
    public Health health(QueueName queue) {
        Health known = MessageQueue.super.health(queue);
        if (!known.up()) {
            return known;
        }
        try {
            return diagnose(queue, known);
        } catch (QueueUnavailableException | OutcomeUnknownException e) {
            return Health.down(known.latency(), e.getMessage());
        }
    }

    private Health diagnose(QueueName queue, Health known) {
        Operation operation = Operation.on("check the health", queue);
        QueueStats stats;
        try {
            stats = stats(queue);
        } catch (QueueRefusedException e) {
            return known; // it was refused a moment ago too, and is among the problems
        }
        try {
            return known.withProblems(calls.call(operation, () -> healthCheck.problems(queue, stats)));
        } catch (QueueRefusedException e) {
            return known.withProblems(List.of(e.getMessage()));
        }
    }

    /**
     * Closes the queue. Receives that wait end at once; publications that were accepted have {@code commandTimeout} to
     * end. Connections end within nine seconds, or thirteen if publications wait for replicas or disks; a client that
     * the caller owns stays open.
     */
    @Override
    public void close() {
        if (!calls.close()) {
            return;
        }
        reader.close();
        finish(CompletableFuture.allOf(publisher.drained(), maintenance.close()));
        publisher.close();
        readerConnection.close();
        publisherConnection.close();
        connection.close();
        deadlines.close();
        awaitStages();
    }

    /** Futures of publications complete elsewhere, a moment after their batch. */
    private void awaitStages() {
        long end = System.nanoTime() + STAGES_TIMEOUT.toNanos();
        while (!publisher.isIdle() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(100_000);
        }
    }

    private void finish(CompletableFuture<?> work) {
        try {
            work.get(config.commandTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Whoever waits for a publication is told by its future; consumers that stay are removed by others.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
