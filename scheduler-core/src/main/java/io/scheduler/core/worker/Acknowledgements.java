package io.scheduler.core.worker;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageConsumer;
import io.scheduler.core.queue.QueueException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Acknowledges what handlers have done, on a thread of its own, so that they need not wait for it: what is done while
 * one call is on its way gathers for the next. A lone message is acknowledged at once.
 */
final class Acknowledgements {

    private record Done(HandlerRun run, List<HeldDelivery> held, Duration took) {}

    private static final Logger LOG = System.getLogger(Acknowledgements.class.getName());

    private final MessageConsumer consumer;
    private final SafeListener listener;
    private final Consumer<HandlerRun> settled;
    private final BlockingQueue<Done> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    /** @param settled is told of each run when nothing of it is left to do, whether or not that could be done */
    Acknowledgements(String name, MessageConsumer consumer, SafeListener listener, Consumer<HandlerRun> settled) {
        this.consumer = consumer;
        this.listener = listener;
        this.settled = settled;
        this.thread = new Thread(this::acknowledgeUntilClosed, name + "-acknowledge");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Takes what was claimed and is done. */
    void add(HandlerRun run, List<HeldDelivery> held, Duration took) {
        waiting.add(new Done(run, held, took));
    }

    /** Ends the thread, after what is on its way; when all is settled, or is to be left to its lease. */
    void close() {
        closed = true;
        thread.interrupt();
    }

    private void acknowledgeUntilClosed() {
        List<Done> batch = new ArrayList<>();
        while (!closed) {
            try {
                batch.add(waiting.take());
                waiting.drainTo(batch, MessageConsumer.MAX_DELIVERIES - 1);
                acknowledge(batch);
            } catch (InterruptedException e) {
                LOG.log(Level.DEBUG, "Only the end interrupts this thread", e);
            } finally {
                batch.forEach(done -> settled.accept(done.run()));
                batch.clear();
            }
        }
    }

    private void acknowledge(List<Done> batch) {
        List<Delivery> deliveries = new ArrayList<>(batch.size());
        batch.forEach(done -> done.held().forEach(held -> deliveries.add(held.delivery())));
        try {
            Set<Delivery> stale = new HashSet<>(consumer.ackAll(deliveries));
            for (Done done : batch) {
                done.held().forEach(held -> held.acknowledged(!stale.contains(held.delivery()), done.took()));
            }
        } catch (QueueException e) {
            LOG.log(
                    Level.WARNING,
                    "{0} messages could not be acknowledged, and come again: {1}",
                    deliveries.size(),
                    e.getMessage());
            listener.tell(l -> l.onError(e));
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, deliveries.size() + " messages could not be acknowledged", e);
            listener.tell(l -> l.onError(e));
        }
    }
}
