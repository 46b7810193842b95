package io.scheduler.core.worker;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageConsumer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

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
 * <p>It receives no more messages than its handlers can work on at a time, renews their leases while they run, and
 * interrupts a handler whose lease was lost. Acknowledging holds no handler up: while one call is on its way, the
 * messages that are done meanwhile gather for the next one, {@value #MAX_UNACKNOWLEDGED} at most. Nothing ends it but
 * closing it, or closing its queue: a failing handler, a message that cannot be read, a broker that cannot be reached
 * are told to its {@link WorkerListener}, and it goes on, after a pause that grows up to ten seconds while receiving
 * fails.
 *
 * <p>Safe for use by several threads.
 */
public final class Worker implements AutoCloseable {

    /** How long {@link #close()} lets handlers finish. */
    public static final Duration DEFAULT_DRAIN = Duration.ofSeconds(30);

    /** How long closing waits for handlers to end that it has interrupted. */
    public static final Duration GRACE = Duration.ofSeconds(5);

    /**
     * How many messages may wait, at most, for the call that acknowledges them, after their handlers have ended. They
     * come in addition to {@link WorkerBuilder#concurrency} and {@link WorkerBuilder#prefetch}.
     */
    public static final int MAX_UNACKNOWLEDGED = 1000;

    private static final Logger LOG = System.getLogger(Worker.class.getName());

    private final Routes routes;
    private final int concurrency;
    private final SafeListener listener;
    private final Optional<ExecutorService> ownExecutor;
    private final Runners runners;
    private final LeaseKeeper leases;
    private final Room room;
    private final Acknowledgements acknowledgements;
    private final ReceiveLoop loop;
    private final AtomicBoolean closeCalled = new AtomicBoolean();
    private final Optional<ShutdownHook> shutdownHook;

    Worker(
            String name,
            MessageConsumer consumer,
            QueueChoice queues,
            Routes routes,
            int concurrency,
            int prefetch,
            Optional<Executor> executor,
            Optional<Duration> handlerTimeout,
            boolean closeOnShutdown,
            SafeListener listener) {
        this.routes = routes;
        this.concurrency = concurrency;
        this.listener = listener;
        this.ownExecutor = executor.isPresent() ? Optional.empty() : Optional.of(HandlerThreads.of(name, concurrency));
        this.runners = new Runners(executor.orElseGet(ownExecutor::orElseThrow), concurrency, this::refused);
        this.leases = new LeaseKeeper(name, handlerTimeout, listener);
        this.room = new Room(concurrency, prefetch, MAX_UNACKNOWLEDGED);
        this.acknowledgements = new Acknowledgements(name, consumer, listener, this::settled);
        this.loop = new ReceiveLoop(name, consumer, queues, room, routes.largestBatch(), this::received, listener);
        this.shutdownHook =
                closeOnShutdown ? Optional.of(new ShutdownHook(name + "-shutdown", this::close)) : Optional.empty();
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
        acknowledgements.start();
        loop.start();
        shutdownHook.ifPresent(ShutdownHook::add);
    }

    /** Receives nothing further for now; handlers that run go on. Does nothing unless the worker is running. */
    public void pause() {
        loop.pause();
    }

    /** Receives again. Does nothing unless the worker is paused. */
    public void resume() {
        loop.resume();
    }

    /**
     * How the worker is.
     *
     * @return its state, and what went wrong lately
     */
    public WorkerHealth health() {
        return new WorkerHealth(loop.state(), runners.count(), concurrency, loop.failuresInARow(), loop.lastFailure());
    }

    /** As {@link #close(Duration)} with {@link #DEFAULT_DRAIN}. */
    @Override
    public void close() {
        close(DEFAULT_DRAIN);
    }

    /**
     * Closes the worker: it receives nothing further, gives back at once what no handler has begun with, which costs no
     * attempt, and lets handlers finish. Those that have not finished in time it interrupts, and hands their messages
     * back at once, which counts as an attempt and a retry; then it waits for {@link #GRACE} at most until they have
     * ended, so that what they use, such as the queue, can be closed after it. Whoever ignores the interrupt for longer
     * is left alone.
     *
     * <p>Blocks until then, beyond that for a second at most until a receive that is under way has ended, and for one
     * call to the queue if it cannot be reached. An interrupt ends the wait for handlers and for their end, and is
     * kept. Closing again does nothing.
     *
     * @param drain how long handlers may take to finish
     */
    public void close(Duration drain) {
        Objects.requireNonNull(drain, "drain");
        if (!closeCalled.compareAndSet(false, true)) {
            return;
        }
        loop.stop();
        boolean interrupted = false;
        try {
            loop.join();
            release(runners.cancel());
            if (!room.awaitEmpty(in(drain))) {
                cutOff();
                awaitEndOfHandlers();
            }
        } catch (InterruptedException e) {
            // Put off: with the flag set, no call to the queue would be waited for.
            interrupted = true;
            cutOff();
        }
        leases.close();
        acknowledgements.close();
        ownExecutor.ifPresent(ExecutorService::shutdown);
        shutdownHook.ifPresent(ShutdownHook::remove);
        loop.closed();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void received(List<Delivery> deliveries) {
        List<HeldDelivery> held = new ArrayList<>(deliveries.size());
        for (Delivery delivery : deliveries) {
            held.add(new HeldDelivery(delivery, listener));
            listener.tell(l -> l.onReceived(delivery));
        }
        List<HandlerRun> runs = routes.runsOf(held, this::ended);
        room.take(runs.size());
        leases.watch(runs);
        runners.add(runs);
    }

    private void ended(HandlerRun run, List<HeldDelivery> done, Duration took) {
        room.handled(run.held().size());
        if (done.isEmpty()) {
            settled(run);
        } else {
            acknowledgements.add(run, done, took);
        }
    }

    private void settled(HandlerRun run) {
        if (leases.unwatch(run)) {
            room.settled(run.held().size());
        }
    }

    private void refused(HandlerRun run, RejectedExecutionException failure) {
        loop.failed(failure);
        release(List.of(run));
    }

    /** What no handler begins with any more. */
    private void release(List<HandlerRun> runs) {
        settleAtOnce(runs, HeldDelivery::release);
        runs.forEach(run -> ended(run, List.of(), Duration.ZERO));
    }

    /** What handlers have not finished. */
    private void cutOff() {
        settleAtOnce(List.copyOf(leases.watched()), HeldDelivery::handBack);
    }

    /** Claims everything first, so that nothing that a handler still does settles anything. */
    private static void settleAtOnce(List<HandlerRun> runs, Predicate<HeldDelivery> settlement) {
        List<HeldDelivery> claimed = runs.stream()
                .flatMap(run -> run.held().stream())
                .filter(HeldDelivery::claim)
                .toList();
        runs.forEach(run -> run.interrupt("the worker is closing"));
        for (HeldDelivery held : claimed) {
            if (!settlement.test(held)) {
                return; // the others would wait as long for a queue that cannot be reached
            }
        }
    }

    private void awaitEndOfHandlers() throws InterruptedException {
        if (!room.awaitEmpty(in(GRACE))) {
            LOG.log(
                    Level.WARNING,
                    "{0} handlers have not ended {1} after they were interrupted, and are left alone",
                    runners.count(),
                    GRACE);
        }
    }

    private static long in(Duration time) {
        return System.nanoTime() + Math.min(time.toSeconds(), Integer.MAX_VALUE) * 1_000_000_000L + time.toNanosPart();
    }
}
