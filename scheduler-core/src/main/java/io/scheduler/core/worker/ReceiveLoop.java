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
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The thread that receives, while there is room, until it is stopped or its queue is closed. A failure is told, and it
 * goes on after a pause that grows with each further one. Safe for use by several threads.
 */
final class ReceiveLoop {

    private static final Logger LOG = System.getLogger(ReceiveLoop.class.getName());

    /** Stopping and pausing wait for a receive to end; messages would be lost for a lease if it were interrupted. */
    private static final Duration WAIT_FOR_ONE_QUEUE = Duration.ofSeconds(1);

    /** Several queues cannot be waited for at once: each in its turn, so that none waits for long. */
    private static final Duration WAIT_FOR_MANY_QUEUES = Duration.ofMillis(100);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final MessageConsumer consumer;
    private final QueueChoice queues;
    private final Room room;
    private final int largestBatch;
    private final Consumer<List<Delivery>> received;
    private final SafeListener listener;
    private final Thread thread;
    private volatile State state = State.RUNNING;
    private volatile int failuresInARow;
    private volatile Optional<Failure> lastFailure = Optional.empty();

    /**
     * One that does not run yet.
     *
     * @param largestBatch how many messages one place in the room may take
     * @param received takes what was received, in the loop's thread
     */
    ReceiveLoop(
            String name,
            MessageConsumer consumer,
            QueueChoice queues,
            Room room,
            int largestBatch,
            Consumer<List<Delivery>> received,
            SafeListener listener) {
        this.consumer = consumer;
        this.queues = queues;
        this.room = room;
        this.largestBatch = largestBatch;
        this.received = received;
        this.listener = listener;
        this.thread = new Thread(this::receiveUntilStopped, name + "-receive");
    }

    void start() {
        thread.start();
    }

    synchronized void pause() {
        if (state == State.RUNNING) {
            state = State.PAUSED;
        }
    }

    synchronized void resume() {
        if (state == State.PAUSED) {
            state = State.RUNNING;
            notifyAll();
        }
    }

    /** Has it end, which {@link #join} waits for. */
    synchronized void stop() {
        state = State.CLOSING;
        notifyAll();
    }

    void join() throws InterruptedException {
        thread.join();
    }

    /** All that came of it has ended, too. */
    synchronized void closed() {
        state = State.CLOSED;
    }

    State state() {
        return state;
    }

    int failuresInARow() {
        return failuresInARow;
    }

    Optional<Failure> lastFailure() {
        return lastFailure;
    }

    void failed(Throwable cause) {
        lastFailure = Optional.of(new Failure(Instant.now(), cause));
        listener.tell(l -> l.onError(cause));
    }

    private void receiveUntilStopped() {
        while (awaitTurn()) {
            try {
                receive();
                failuresInARow = 0;
            } catch (QueueClosedException e) {
                LOG.log(Level.WARNING, "The queue of this worker was closed, and so it ends");
                failuresInARow++;
                failed(e);
                break;
            } catch (QueueException e) {
                LOG.log(Level.WARNING, "Receiving failed, and is tried again: {0}", e.getMessage());
                pauseAfter(e);
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "Receiving failed, and is tried again", e);
                pauseAfter(e);
            }
        }
        synchronized (this) {
            if (state != State.CLOSING) {
                state = State.CLOSED;
            }
        }
    }

    private void receive() {
        int free = room.free();
        if (free == 0) {
            awaitRoom();
            return;
        }
        List<QueueName> order = queues.order();
        if (order.size() > 1) {
            for (QueueName queue : order) {
                if (take(queue, free, Duration.ZERO)) {
                    return;
                }
            }
        }
        take(order.get(0), free, order.size() == 1 ? WAIT_FOR_ONE_QUEUE : WAIT_FOR_MANY_QUEUES);
    }

    private boolean take(QueueName queue, int free, Duration wait) {
        int wanted = (int) Math.min((long) free * largestBatch, MessageConsumer.MAX_DELIVERIES);
        List<Delivery> deliveries = consumer.receive(queue, wanted, wait);
        if (!deliveries.isEmpty()) {
            received.accept(deliveries);
        }
        return !deliveries.isEmpty();
    }

    private void awaitRoom() {
        try {
            room.awaitFree(System.nanoTime() + WAIT_FOR_ONE_QUEUE.toNanos());
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

    private void pauseAfter(Throwable failure) {
        int failures = failuresInARow + 1;
        failuresInARow = failures;
        failed(failure);
        double millis = FIRST_PAUSE.toMillis() * Math.pow(2, Math.min(failures, 20) - 1.0);
        Duration pause = Duration.ofMillis(Math.min(Math.round(millis), LONGEST_PAUSE.toMillis()));
        synchronized (this) {
            if (state == State.RUNNING) {
                sleep(pause);
            }
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
}
