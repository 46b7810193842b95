package io.scheduler.core.worker;

import io.scheduler.core.message.PayloadException;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.QueueException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A delivery that a worker holds, and settles once: by whoever comes first of the handler's end, the end of the worker,
 * and the loss of the lease. What becomes of it is told to the listener. Safe for use by several threads.
 */
final class HeldDelivery {

    private static final Logger LOG = System.getLogger(HeldDelivery.class.getName());
    private static final int SHOWN = 300;

    private final Delivery delivery;
    private final SafeListener listener;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private volatile long leasedNanos = System.nanoTime();
    private volatile boolean lost;

    HeldDelivery(Delivery delivery, SafeListener listener) {
        this.delivery = delivery;
        this.listener = listener;
    }

    Delivery delivery() {
        return delivery;
    }

    /** Whether the caller is the one who may settle it: true once. */
    boolean claim() {
        return claimed.compareAndSet(false, true);
    }

    void started() {
        listener.tell(l -> l.onStarted(delivery));
    }

    /** It was acknowledged, or was stale already. */
    void acknowledged(boolean owned, Duration took) {
        if (owned) {
            listener.tell(l -> l.onSucceeded(delivery, took));
        } else {
            listener.tell(l -> l.onLeaseLost(delivery));
        }
    }

    /**
     * Its handler failed.
     *
     * @param reason the failure in words
     */
    void fail(Throwable failure, String reason, RetryPolicy policy, Duration took) {
        if (!claim()) {
            return;
        }
        listener.tell(l -> l.onFailed(delivery, failure, took));
        settle(() -> {
            if (failure instanceof RejectMessageException || failure instanceof PayloadException) {
                reject(failure.getMessage());
                return;
            }
            Optional<Duration> delay = failure instanceof RetryLaterException later
                    ? Optional.of(later.delay())
                    : policy.delayAfter(delivery.attempt(), failure);
            // At its last attempt the queue would give it up by itself, without the reason.
            delay.filter(any -> delivery.attempt() < delivery.maxAttempts())
                    .ifPresentOrElse(
                            this::nack, () -> reject("Gave up after " + delivery.attempt() + " attempts: " + reason));
        });
    }

    /**
     * Back into the queue at once. For who has claimed it.
     *
     * @return false if the queue could not be told: it comes back when its lease ends
     */
    boolean handBack() {
        return settle(() -> nack(Duration.ZERO));
    }

    /**
     * Back into the queue at once, because no handler has begun with it. For who has claimed it.
     *
     * @return as {@link #handBack} does
     */
    boolean release() {
        return settle(() -> {
            if (delivery.release()) {
                listener.tell(l -> l.onReleased(delivery));
            } else {
                listener.tell(l -> l.onLeaseLost(delivery));
            }
        });
    }

    boolean isLost() {
        return lost;
    }

    boolean isLeaseOlderThan(Duration age) {
        return System.nanoTime() - leasedNanos > age.toNanos();
    }

    /** Lets the lease begin anew, or finds that somebody else has the message, or will. */
    void extendLease() {
        long now = System.nanoTime();
        if (delivery.extendLease()) {
            leasedNanos = now;
        } else {
            lost = true;
            if (claim()) {
                listener.tell(l -> l.onLeaseLost(delivery));
            }
        }
    }

    static String describe(Throwable failure) {
        String text = failure.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    /**
     * A message that cannot be settled comes again when its lease ends: that is told, and nothing else is to be done.
     */
    private boolean settle(Runnable settlement) {
        try {
            settlement.run();
            return true;
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
        return false;
    }

    private void nack(Duration delay) {
        if (!delivery.nack(delay)) {
            listener.tell(l -> l.onLeaseLost(delivery));
        } else if (delivery.attempt() >= delivery.maxAttempts()) {
            String reason = "Handed back at the last of " + delivery.attempt() + " attempts";
            listener.tell(l -> l.onDead(delivery, reason));
        } else {
            listener.tell(l -> l.onRetried(delivery, delay));
        }
    }

    private void reject(String reason) {
        if (delivery.reject(reason)) {
            listener.tell(l -> l.onDead(delivery, reason));
        } else {
            listener.tell(l -> l.onLeaseLost(delivery));
        }
    }
}
