package io.scheduler.core.worker;

import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.MessageConsumer;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * Builds a {@link Worker} step by step; for use by one thread. Only a queue and a handler are required: retries, lease
 * renewal, dead letters and an orderly end are on by default.
 */
public final class WorkerBuilder {

    /** From one second to ten minutes, ten attempts: about half an hour in all. */
    private static final RetryPolicy DEFAULT_RETRY =
            RetryPolicy.exponential(Duration.ofSeconds(1), Duration.ofMinutes(10), 10);

    private final MessageConsumer consumer;
    private final Map<QueueName, Integer> queues = new LinkedHashMap<>();
    private final Map<String, Route> routes = new LinkedHashMap<>();
    private final Map<String, BatchRoute<?>> batches = new LinkedHashMap<>();
    private Optional<MessageHandler> otherwise = Optional.empty();
    private UnaryOperator<MessageHandler> wrapper = UnaryOperator.identity();
    private WorkerListener listener = new WorkerListener() {};
    private RetryPolicy retry = DEFAULT_RETRY;
    private Optional<Executor> executor = Optional.empty();
    private Optional<Duration> handlerTimeout = Optional.empty();
    private boolean strictPriority;
    private boolean closeOnShutdown;
    private int concurrency = 1;
    private int prefetch;
    private String name = "worker";

    WorkerBuilder(MessageConsumer consumer) {
        this.consumer = Objects.requireNonNull(consumer, "queue");
    }

    /**
     * Adds a queue to receive from, with the weight 1.
     *
     * @param queue the queue
     * @return this builder
     */
    public WorkerBuilder queue(QueueName queue) {
        return queue(queue, 1);
    }

    /**
     * Adds a queue to receive from. While several queues have messages, each is asked first as often as its weight
     * says: with the weights 3 and 1, three times out of four the first one is.
     *
     * @param queue the queue
     * @param weight 1 to 1000
     * @return this builder
     * @throws IllegalArgumentException if the weight is out of its range
     */
    public WorkerBuilder queue(QueueName queue, int weight) {
        if (weight < 1 || weight > 1000) {
            throw new IllegalArgumentException(
                    "Invalid weight " + weight + " of queue '" + queue + "': allowed are 1 to 1000");
        }
        queues.put(Objects.requireNonNull(queue, "queue"), weight);
        return this;
    }

    /**
     * Takes messages of a queue only while those that were added before it have none, whatever their weights.
     *
     * @return this builder
     */
    public WorkerBuilder strictPriority() {
        strictPriority = true;
        return this;
    }

    /**
     * Has messages of a type worked on.
     *
     * @param type the type
     * @param handler what to do with their payloads
     * @param <T> the payload's Java type
     * @return this builder
     */
    public <T> WorkerBuilder handle(MessageType<T> type, PayloadHandler<? super T> handler) {
        Objects.requireNonNull(handler, "handler");
        return route(type, Optional.empty(), (message, context) -> handler.handle(message.payload(type)));
    }

    /**
     * Has messages of a type worked on, with a retry policy of their own.
     *
     * @param type the type
     * @param policy what becomes of them if their handler fails
     * @param handler what to do with their payloads
     * @param <T> the payload's Java type
     * @return this builder
     */
    public <T> WorkerBuilder handle(MessageType<T> type, RetryPolicy policy, PayloadHandler<? super T> handler) {
        Objects.requireNonNull(handler, "handler");
        return route(type, Optional.of(policy), (message, context) -> handler.handle(message.payload(type)));
    }

    /**
     * Has messages of a type worked on by a handler that sees all of a message, such as its headers and its id, and
     * which attempt this is.
     *
     * @param type the type
     * @param handler what to do with them
     * @return this builder
     */
    public WorkerBuilder handleMessage(MessageType<?> type, MessageHandler handler) {
        return route(type, Optional.empty(), Objects.requireNonNull(handler, "handler"));
    }

    /**
     * As {@link #handleMessage(MessageType, MessageHandler)}, with a retry policy of their own.
     *
     * @param type the type
     * @param policy what becomes of them if their handler fails
     * @param handler what to do with them
     * @return this builder
     */
    public WorkerBuilder handleMessage(MessageType<?> type, RetryPolicy policy, MessageHandler handler) {
        return route(type, Optional.of(policy), Objects.requireNonNull(handler, "handler"));
    }

    /**
     * Has messages of a type worked on several at a time: as many as are there, up to a size. A batch counts as one
     * handler for {@link #concurrency}, so a worker with batch handlers holds up to {@code concurrency} times the
     * largest size messages. {@link #wrap} does not apply to batch handlers; whoever wants one wrapped gives it so.
     *
     * @param type the type
     * @param maxSize how many at most, 1 to 1000
     * @param handler what to do with them
     * @param <T> the payload's Java type
     * @return this builder
     * @throws IllegalArgumentException if the size is out of its range, or the type has a handler already
     */
    public <T> WorkerBuilder handleBatch(MessageType<T> type, int maxSize, BatchHandler<? super T> handler) {
        if (maxSize < 1 || maxSize > MessageConsumer.MAX_DELIVERIES) {
            throw new IllegalArgumentException(
                    "Invalid maxSize " + maxSize + ": allowed are 1 to " + MessageConsumer.MAX_DELIVERIES);
        }
        Objects.requireNonNull(handler, "handler");
        requireNew(type);
        batches.put(type.name(), new BatchRoute<>(type, maxSize, handler));
        return this;
    }

    /**
     * Has messages worked on whose type has no handler here. Without this they become dead letters, whose reason names
     * the types that have one.
     *
     * @param handler what to do with them; it may throw {@link RetryLaterException} to leave them to other workers
     * @return this builder
     */
    public WorkerBuilder handleOthers(MessageHandler handler) {
        otherwise = Optional.of(handler);
        return this;
    }

    /**
     * Sets how many handlers may run at a time. The worker receives no more messages than that, and {@link #prefetch};
     * those whose handlers have ended and that are being acknowledged, {@link Worker#MAX_UNACKNOWLEDGED} at most, come
     * in addition.
     *
     * @param value 1 to 1000; 1 by default
     * @return this builder
     * @throws IllegalArgumentException if it is out of its range
     */
    public WorkerBuilder concurrency(int value) {
        if (value < 1 || value > MessageConsumer.MAX_DELIVERIES) {
            throw new IllegalArgumentException(
                    "Invalid concurrency " + value + ": allowed are 1 to " + MessageConsumer.MAX_DELIVERIES);
        }
        concurrency = value;
        return this;
    }

    /**
     * Sets how many messages are received beyond those that handlers work on, so that quick handlers need not wait for
     * the next call to the queue; more are fetched when half of them are used up. While they wait, their leases are
     * renewed, and no other worker can have them; when the worker is closed they are given back at once, which costs no
     * attempt.
     *
     * @param value 0 to 1000; 0 by default
     * @return this builder
     * @throws IllegalArgumentException if it is out of its range
     */
    public WorkerBuilder prefetch(int value) {
        if (value < 0 || value > MessageConsumer.MAX_DELIVERIES) {
            throw new IllegalArgumentException(
                    "Invalid prefetch " + value + ": allowed are 0 to " + MessageConsumer.MAX_DELIVERIES);
        }
        prefetch = value;
        return this;
    }

    /**
     * Runs handlers on an executor of the caller's, such as one with virtual threads, which the worker does not shut
     * down. By default it has threads of its own.
     *
     * @param value an executor that runs {@link #concurrency} tasks at a time, each of which may call handlers for
     *     several messages, one after the other; one that refuses a task has its message given back
     * @return this builder
     */
    public WorkerBuilder executor(Executor value) {
        executor = Optional.of(value);
        return this;
    }

    /**
     * Sets what becomes of messages whose handler fails, unless their type has a policy of its own. By default they are
     * tried ten times, after one second, two, four and so on up to ten minutes, and then become dead letters.
     *
     * @param value the policy
     * @return this builder
     */
    public WorkerBuilder retry(RetryPolicy value) {
        retry = Objects.requireNonNull(value, "retry");
        return this;
    }

    /**
     * Sets how long a handler may take. One that takes longer is interrupted, and counts as failed. There is no limit
     * by default: its lease is renewed for as long as it runs. So the time may be longer than the lease; the lease is
     * how long others wait for the messages of a worker that died.
     *
     * @param value longer than zero
     * @return this builder
     * @throws IllegalArgumentException if it is not
     */
    public WorkerBuilder handlerTimeout(Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("Invalid handlerTimeout " + value + ": it must be longer than zero");
        }
        handlerTimeout = Optional.of(value);
        return this;
    }

    /**
     * Wraps every handler, for instance to log, to measure, or to set up a context. What was given first is outermost.
     *
     * @param value takes the handler, and returns one that calls it
     * @return this builder
     */
    public WorkerBuilder wrap(UnaryOperator<MessageHandler> value) {
        UnaryOperator<MessageHandler> outer = wrapper;
        wrapper = handler -> outer.apply(value.apply(handler));
        return this;
    }

    /**
     * Sets who hears of what happens.
     *
     * @param value the listener
     * @return this builder
     */
    public WorkerBuilder listener(WorkerListener value) {
        listener = Objects.requireNonNull(value, "listener");
        return this;
    }

    /**
     * Names the worker: its threads bear the name.
     *
     * @param value the name; {@code worker} by default
     * @return this builder
     */
    public WorkerBuilder name(String value) {
        name = Objects.requireNonNull(value, "name");
        return this;
    }

    /**
     * Closes the worker when the JVM shuts down, with {@link Worker#DEFAULT_DRAIN} for its handlers to finish. A worker
     * that was closed before leaves nothing behind for that.
     *
     * @return this builder
     */
    public WorkerBuilder closeOnShutdown() {
        closeOnShutdown = true;
        return this;
    }

    /**
     * Starts the worker.
     *
     * @return the worker, which runs until it is closed
     * @throws IllegalStateException if there is no queue, or no handler
     */
    public Worker start() {
        if (queues.isEmpty()) {
            throw new IllegalStateException("A worker needs a queue to receive from: call queue(…)");
        }
        if (routes.isEmpty() && batches.isEmpty() && otherwise.isEmpty()) {
            throw new IllegalStateException("A worker needs a handler: call handle(…)");
        }
        Routes all = new Routes(routes, batches, otherwise, retry, wrapper);
        Worker worker = new Worker(
                name,
                consumer,
                new QueueChoice(queues, strictPriority),
                all,
                concurrency,
                prefetch,
                executor,
                handlerTimeout,
                closeOnShutdown,
                new SafeListener(listener));
        worker.start();
        return worker;
    }

    private WorkerBuilder route(MessageType<?> type, Optional<RetryPolicy> policy, MessageHandler handler) {
        requireNew(type);
        routes.put(type.name(), new Route(handler, policy));
        return this;
    }

    private void requireNew(MessageType<?> type) {
        if (routes.containsKey(type.name()) || batches.containsKey(type.name())) {
            throw new IllegalArgumentException("Messages of type '" + type + "' have a handler already");
        }
    }
}
