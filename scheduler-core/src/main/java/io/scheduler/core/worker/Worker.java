package io.scheduler.core.worker;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageConsumer;
import io.scheduler.core.queue.QueueClosedException;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.worker.WorkerHealth.Failure;
import io.scheduler.core.worker.WorkerHealth.State;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Receives messages, has handlers work on them, and settles what they did, until it is closed.
 *
 * <pre>{@code
 * Worker worker = Worker.on(queue)
 *         .queue(EMAILS)
 *         .handle(SEND_EMAIL, email -> mailer.send(email))
 *         .concurrency(16)
 *         .start();
 * }</pre>
 *
 * <p>It holds no more messages than its handlers can work on at a time, renews their leases while they run, and
 * interrupts a handler whose lease was lost. Nothing ends it but closing it, or closing its queue: a failing handler, a
 * message that cannot be read, a broker that cannot be reached are told to its {@link WorkerListener}, and it goes on,
 * after a pause that grows up to ten seconds while receiving fails.
 *
 * <p>Safe for use by several threads.
 */
public final class Worker implements AutoCloseable {

    /** How long {@link #close()} lets handlers finish. */
    public static final Duration DEFAULT_DRAIN = Duration.ofSeconds(30);

    private static final Logger LOG = System.getLogger(Worker.class.getName());

    /** Closing and pausing wait for a receive to end; messages would be lost for a lease if it were interrupted. */
    private static final Duration WAIT_FOR_ONE_QUEUE = Duration.ofSeconds(1);

    /** Several queues cannot be waited for at once: each in its turn, so that none waits for long. */
    private static final Duration WAIT_FOR_MANY_QUEUES = Duration.ofMillis(100);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final MessageConsumer consumer;
    private final QueueChoice queues;
    private final Routes routes;
    private final int concurrency;
    private final Executor executor;
    private final Optional<ExecutorService> ownExecutor;
    private final SafeListener listener;
    private final LeaseKeeper leases;
    private final Semaphore free;
    private final Set<HandlerRun> runs = ConcurrentHashMap.newKeySet();
    private final Thread loop;
    private volatile State state = State.RUNNING;
    private boolean closeCalled;
    private volatile int failuresInARow;
    private volatile Optional<Failure> lastFailure = Optional.empty();

    Worker(
            String name,
            MessageConsumer consumer,
            QueueChoice queues,
            Routes routes,
            int concurrency,
            Optional<Executor> executor,
            Optional<Duration> handlerTimeout,
            SafeListener listener) {
        this.consumer = consumer;
        this.queues = queues;
        this.routes = routes;
        this.concurrency = concurrency;
        this.ownExecutor = executor.isPresent() ? Optional.empty() : Optional.of(HandlerThreads.of(name, concurrency));
        this.executor = executor.orElseGet(ownExecutor::orElseThrow);
        this.listener = listener;
        this.leases = new LeaseKeeper(name, handlerTimeout, listener);
        this.free = new Semaphore(concurrency);
        this.loop = new Thread(this::receiveUntilClosed, name + "-receive");
    }

    /**
     * Begins a worker.
     *
     * @param queue where it receives from; the worker does not close it
     * @return a builder, for use by one thread
     */
    public static WorkerBuilder on(MessageConsumer queue) {
        return new WorkerBuilder(queue);
    }

    void start() {
        loop.start();
    }

    /** Receives nothing further for now; handlers that run go on. Does nothing unless the worker is running. */
    public synchronized void pause() {
        if (state == State.RUNNING) {
            state = State.PAUSED;
        }
    }

    /** Receives again. Does nothing unless the worker is paused. */
    public synchronized void resume() {
        if (state == State.PAUSED) {
            state = State.RUNNING;
            notifyAll();
        }
    }

    /**
     * How the worker is.
     *
     * @return its state, and what went wrong lately
     */
    public WorkerHealth health() {
        return new WorkerHealth(state, runs.size(), concurrency, failuresInARow, lastFailure);
    }

    /** As {@link #close(Duration)} with {@link #DEFAULT_DRAIN}. */
    @Override
    public void close() {
        close(DEFAULT_DRAIN);
    }

    /**
     * Closes the worker: it receives nothing further, lets handlers finish, interrupts those that have not finished in
     * time, and hands their messages back at once. Blocks until then, and for a second at most until a receive that is
     * under way has ended. An interrupt ends the wait for handlers, and is kept. Closing again does nothing.
     *
     * @param drain how long handlers may take to finish
     */
    public void close(Duration drain) {
        Objects.requireNonNull(drain, "drain");
        synchronized (this) {
            if (closeCalled) {
                return;
            }
            closeCalled = true;
            state = State.CLOSING;
            notifyAll();
        }
        long end = System.nanoTime()
                + Math.min(drain.toSeconds(), Integer.MAX_VALUE) * 1_000_000_000L
                + drain.toNanosPart();
        boolean drained = false;
        try {
            loop.join();
            drained = free.tryAcquire(concurrency, Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!drained) {
            runs.forEach(run -> {
                run.handBack();
                run.interrupt("the worker is closing");
            });
        }
        end();
    }

    private void end() {
        leases.close();
        ownExecutor.ifPresent(ExecutorService::shutdown);
        state = State.CLOSED;
    }

    private void receiveUntilClosed() {
        while (awaitTurn()) {
            try {
                receive();
                failuresInARow = 0;
            } catch (QueueClosedException e) {
                LOG.log(Level.WARNING, "The queue of this worker was closed, and so it ends");
                failed(e);
                break;
            } catch (QueueException e) {
                LOG.log(Level.WARNING, "Receiving failed, and is tried again: {0}", e.getMessage());
                failed(e);
                pauseAfterFailure();
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "Receiving failed, and is tried again", e);
                failed(e);
                pauseAfterFailure();
            }
        }
        synchronized (this) {
            if (state != State.CLOSING) {
                state = State.CLOSED;
            }
        }
    }

    private void receive() {
        int room = free.availablePermits();
        if (room == 0) {
            awaitRoom();
            return;
        }
        List<QueueName> order = queues.order();
        for (QueueName queue : order.size() == 1 ? List.<QueueName>of() : order) {
            if (take(queue, room, Duration.ZERO)) {
                return;
            }
        }
        take(order.get(0), room, order.size() == 1 ? WAIT_FOR_ONE_QUEUE : WAIT_FOR_MANY_QUEUES);
    }

    private boolean take(QueueName queue, int room, Duration wait) {
        int wanted = Math.min(room * routes.largestBatch(), MessageConsumer.MAX_DELIVERIES);
        List<HandlerRun> received = runs(consumer.receive(queue, wanted, wait));
        // All leases first: with batches there may be more to do than there is room for now.
        received.forEach(leases::watch);
        runs.addAll(received);
        received.forEach(this::dispatch);
        return !received.isEmpty();
    }

    private List<HandlerRun> runs(List<Delivery> deliveries) {
        List<HandlerRun> result = new ArrayList<>();
        Map<BatchRoute<?>, List<HeldDelivery>> batches = new LinkedHashMap<>();
        for (Delivery delivery : deliveries) {
            HeldDelivery held = new HeldDelivery(delivery, listener);
            listener.tell(l -> l.onReceived(delivery));
            Optional<BatchRoute<?>> route = routes.batchFor(delivery.message());
            if (route.isEmpty()) {
                result.add(new MessageRun(held, routes, this::ended));
                continue;
            }
            List<HeldDelivery> batch = batches.computeIfAbsent(route.get(), any -> new ArrayList<>());
            batch.add(held);
            if (batch.size() == route.get().maxSize()) {
                result.add(route.get().run(batch, consumer, routes, this::ended));
                batches.remove(route.get());
            }
        }
        batches.forEach((route, batch) -> result.add(route.run(batch, consumer, routes, this::ended)));
        return result;
    }

    /** Waits for room, which is there unless there are batches: only this thread takes permits. */
    private void dispatch(HandlerRun run) {
        free.acquireUninterruptibly();
        try {
            executor.execute(run);
        } catch (RejectedExecutionException e) {
            failed(e);
            run.handBack();
            ended(run);
        }
    }

    private void ended(HandlerRun run) {
        leases.unwatch(run);
        if (runs.remove(run)) {
            free.release();
        }
    }

    private void awaitRoom() {
        try {
            if (free.tryAcquire(WAIT_FOR_ONE_QUEUE.toMillis(), TimeUnit.MILLISECONDS)) {
                free.release();
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "Nobody but this class has business with its thread", e);
        }
    }

    private synchronized boolean awaitTurn() {
        while (state == State.PAUSED) {
            sleep(WAIT_FOR_ONE_QUEUE);
        }
        return state == State.RUNNING;
    }

    private synchronized void pauseAfterFailure() {
        double millis = FIRST_PAUSE.toMillis() * Math.pow(2, Math.min(failuresInARow, 20) - 1.0);
        Duration pause = Duration.ofMillis(Math.min(Math.round(millis), LONGEST_PAUSE.toMillis()));
        if (state == State.RUNNING) {
            sleep(pause);
        }
    }

    /** Ends early when the state changes. */
    private synchronized void sleep(Duration time) {
        try {
            wait(time.toMillis());
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "Nobody but this class has business with its thread", e);
        }
    }

    private void failed(Throwable cause) {
        failuresInARow++;
        lastFailure = Optional.of(new Failure(Instant.now(), cause));
        listener.tell(l -> l.onError(cause));
    }
}
