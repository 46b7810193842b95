package io.scheduler.core.worker;

import io.scheduler.core.message.PayloadException;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.QueueException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The work on one delivery: calls the handler and settles what it did. An interrupt reaches the handler and nothing
 * after it.
 */
final class HandlerRun implements Runnable {

    private static final Logger LOG = System.getLogger(HandlerRun.class.getName());
    private static final int SHOWN = 300;

    private final Delivery delivery;
    private final Routes routes;
    private final SafeListener listener;
    private final Consumer<HandlerRun> ended;
    private final long sinceNanos = System.nanoTime();

    /** Guarded by this: the thread that the handler runs on, while it does. */
    private Optional<Thread> handling = Optional.empty();

    private Optional<String> interruption = Optional.empty();
    private boolean settled;
    private volatile long startedNanos;
    private volatile boolean started;

    /** @param ended is told when all is done, whatever happened */
    HandlerRun(Delivery delivery, Routes routes, SafeListener listener, Consumer<HandlerRun> ended) {
        this.delivery = delivery;
        this.routes = routes;
        this.listener = listener;
        this.ended = ended;
    }

    Delivery delivery() {
        return delivery;
    }

    /** When the delivery came, by {@link System#nanoTime}. */
    long sinceNanos() {
        return sinceNanos;
    }

    /** For how long the handler has been running; zero if it has not begun. */
    Duration running() {
        return started ? Duration.ofNanos(System.nanoTime() - startedNanos) : Duration.ZERO;
    }

    @Override
    public void run() {
        try {
            if (begin()) {
                work();
            }
        } finally {
            ended.accept(this);
        }
    }

    /** Ends the handler, if it runs, and keeps it from beginning otherwise. */
    synchronized void interrupt(String reason) {
        if (interruption.isEmpty()) {
            interruption = Optional.of(reason);
            handling.ifPresent(Thread::interrupt);
        }
    }

    /** Hands the message back at once, unless it is settled; a handler that still runs settles it no more. */
    void handBack() {
        if (claimSettlement()) {
            settle(() -> {
                if (delivery.nack()) {
                    listener.tell(l -> l.onRetried(delivery, Duration.ZERO));
                }
            });
        }
    }

    /** The lease was lost: there is nothing left to settle. */
    void loseLease() {
        if (claimSettlement()) {
            listener.tell(l -> l.onLeaseLost(delivery));
        }
        interrupt("its lease was lost");
    }

    private synchronized boolean begin() {
        if (interruption.isPresent() || settled) {
            return false;
        }
        handling = Optional.of(Thread.currentThread());
        startedNanos = System.nanoTime();
        started = true;
        return true;
    }

    /** From here on nobody interrupts this thread, and an interrupt that came late is taken back. */
    private synchronized Optional<String> end() {
        handling = Optional.empty();
        if (interruption.isPresent()) {
            Thread.interrupted();
        }
        return interruption;
    }

    private synchronized boolean claimSettlement() {
        boolean first = !settled;
        settled = true;
        return first;
    }

    private void work() {
        listener.tell(l -> l.onStarted(delivery));
        Optional<Throwable> failure = Optional.empty();
        try {
            routes.handlerFor(delivery.message()).handle(delivery.message());
        } catch (Throwable e) {
            failure = Optional.of(e);
        }
        Duration took = running();
        Optional<String> interrupted = end();
        if (!claimSettlement()) {
            return;
        }
        if (failure.isEmpty()) {
            settle(() -> succeed(took));
        } else {
            Throwable cause = failure.get();
            listener.tell(l -> l.onFailed(delivery, cause, took));
            settle(() -> settleFailure(cause, interrupted));
        }
    }

    private void succeed(Duration took) {
        if (delivery.ack()) {
            listener.tell(l -> l.onSucceeded(delivery, took));
        } else {
            listener.tell(l -> l.onLeaseLost(delivery));
        }
    }

    private void settleFailure(Throwable failure, Optional<String> interrupted) {
        if (failure instanceof RejectMessageException || failure instanceof PayloadException) {
            reject(failure.getMessage());
        } else if (failure instanceof RetryLaterException later) {
            nack(later.delay());
        } else {
            String reason =
                    interrupted.map(why -> "interrupted, because " + why).orElseGet(() -> describe(failure));
            routes.policyFor(delivery.message())
                    .delayAfter(delivery.attempt(), failure)
                    .ifPresentOrElse(
                            this::nack, () -> reject("Gave up after " + delivery.attempt() + " attempts: " + reason));
        }
    }

    private void nack(Duration delay) {
        if (delivery.nack(delay)) {
            listener.tell(l -> l.onRetried(delivery, delay));
        } else {
            listener.tell(l -> l.onLeaseLost(delivery));
        }
    }

    private void reject(String reason) {
        if (delivery.reject(reason)) {
            listener.tell(l -> l.onDead(delivery, reason));
        } else {
            listener.tell(l -> l.onLeaseLost(delivery));
        }
    }

    /**
     * A message that cannot be settled comes again when its lease ends: that is told, and nothing else is to be done.
     */
    private void settle(Runnable settlement) {
        try {
            settlement.run();
        } catch (QueueException e) {
            LOG.log(
                    Level.WARNING,
                    "Message {0} could not be settled, and comes again: {1}",
                    delivery.message().id(),
                    e.getMessage());
            listener.tell(l -> l.onError(e));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Message " + delivery.message().id() + " could not be settled", e);
            listener.tell(l -> l.onError(e));
        }
    }

    private static String describe(Throwable failure) {
        String text = failure.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
