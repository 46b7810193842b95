package io.scheduler.infrastructure.retry;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.scheduler.core.message.Message;
import io.scheduler.core.queue.DeadLetter;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.ForwardingMessageQueue;
import io.scheduler.core.queue.MessageConsumer;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueClosedException;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueStats;
import io.scheduler.core.queue.QueueUnavailableException;
import java.time.Duration;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * A queue that repeats what another one could not do: whatever ends with {@link QueueUnavailableException} or
 * {@link OutcomeUnknownException}, the settling of the deliveries that it gives included. Other errors come back at
 * once, and {@link #health} is asked once. Safe for use by several threads.
 *
 * <p>A blocking call waits on the caller's thread, so it lasts at most the {@linkplain RetryOptions delays} longer than
 * its attempts. {@link #publishAsync} blocks nobody: its later attempts begin on a daemon thread,
 * {@code scheduler-retry}, which exists from the first of them until {@link #close}; a future completes on that thread,
 * or on the one that completed the attempt, or on the one that closes the queue.
 *
 * <p><b>The error in the end</b> tells the truth about all attempts: {@link OutcomeUnknownException} if any of them may
 * have been done, even if the last was not; otherwise it is of the class of the last failure. Its text has the number
 * of attempts, the time they took and what each one failed of; the last failure is its cause, the earlier ones are
 * suppressed in it ({@link QueueClosedException} has no text of its own, and has them all suppressed). An error that
 * was not followed by another attempt is the original, untouched.
 *
 * <p><b>An interrupt, or {@link #close},</b> ends the wait between two attempts at once, with such an error; so an
 * interrupt throws {@link OutcomeUnknownException} only if something may have been done. The thread's interrupt flag
 * stays set. A receive that is ended by closing throws {@link QueueClosedException} instead.
 *
 * <p><b>Repeating is safe for publications</b>, because a message id that was stored is not stored again, and for
 * settlements, because a delivery is settled once. It is harmless for questions. After an attempt whose outcome was
 * unknown, though, the answer is only that of the last attempt, and some calls may have been done twice:
 *
 * <ul>
 *   <li>{@link #receive} does not give what an earlier attempt took. That comes back when its lease runs out, to
 *       whoever asks then, and with its attempt counted.
 *   <li>{@code ack}, {@code nack} and {@code reject} may return false, and {@link #ackAll} a delivery as stale, because
 *       an earlier attempt has settled it.
 *   <li>{@link #create} may answer false to the very call that did it. So may {@link #delete}, which may also delete a
 *       queue that appeared in between. {@link #purge} and {@link #purgeDeadLetters} may remove what came in between,
 *       and count only what their last attempt removed.
 *   <li>{@link #redrive(QueueName, int)} may put back {@code max} with each attempt, {@link #redrive(QueueName,
 *       Collection)} never more than was asked for. Both count only what their last attempt put back.
 * </ul>
 *
 * <p>Each retry is logged as a warning, a recovery as information, giving up as an error; never a payload, and stack
 * traces only at debug level.
 */
public final class RetryingMessageQueue extends ForwardingMessageQueue {

    private final MessageQueue delegate;
    private final Retry retry;
    private final BackoffTimer timer = new BackoffTimer();
    private final RepeatedCalls calls;

    /**
     * Puts retrying around a queue.
     *
     * @param delegate the queue, which is closed together with this one
     * @param options how often and how patiently to try
     */
    public RetryingMessageQueue(MessageQueue delegate, RetryOptions options) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
        this.retry = Retry.of(
                "message queue",
                RetryConfig.custom()
                        .maxAttempts(options.maxAttempts())
                        .intervalFunction(ExponentialBackoff.of(options))
                        .retryExceptions(QueueUnavailableException.class, OutcomeUnknownException.class)
                        .build());
        this.calls = new RepeatedCalls(retry, timer);
    }

    @Override
    protected MessageQueue delegate() {
        return delegate;
    }

    @Override
    public void publish(QueueName queue, Message message) {
        calls.call(() -> {
            delegate.publish(queue, message);
            return null;
        });
    }

    /** {@inheritDoc} Cancelling it ends the retrying, too. */
    @Override
    public CompletableFuture<Void> publishAsync(QueueName queue, Message message) {
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(message, "message");
        return new AsyncPublication(() -> delegate.publishAsync(queue, message), retry, timer).start();
    }

    @Override
    public void publishAll(QueueName queue, List<Message> messages) {
        List<Message> copy = List.copyOf(messages);
        calls.call(() -> {
            delegate.publishAll(queue, copy);
            return null;
        });
    }

    /**
     * {@inheritDoc} An attempt waits for what is left of {@code maxWait}; the last ones, when nothing is left, take
     * what is there. So the call lasts beyond it by no more than the delays between attempts.
     */
    @Override
    public List<Delivery> receive(QueueName queue, int maxDeliveries, Duration maxWait) {
        MessageConsumer.requireValidReceive(maxDeliveries, maxWait);
        long started = System.nanoTime();
        try {
            return calls.call(() -> delegate.receive(queue, maxDeliveries, rest(maxWait, started))).stream()
                    .<Delivery>map(delivery -> new RetriedDelivery(delivery, calls))
                    .toList();
        } catch (QueueUnavailableException | OutcomeUnknownException e) {
            throw timer.isClosed() ? closed(e) : e;
        }
    }

    @Override
    public List<Delivery> ackAll(Collection<? extends Delivery> deliveries) {
        List<Delivery> wanted = List.copyOf(deliveries);
        List<Delivery> inner = wanted.stream().map(this::unwrapped).toList();
        List<Delivery> stale = calls.call(() -> delegate.ackAll(inner));
        if (stale.isEmpty()) {
            return List.of();
        }
        Map<Delivery, Delivery> wantedByInner = new IdentityHashMap<>();
        wanted.forEach(delivery -> wantedByInner.put(unwrapped(delivery), delivery));
        return stale.stream().map(wantedByInner::get).toList();
    }

    @Override
    public boolean create(QueueName queue) {
        return calls.call(() -> delegate.create(queue));
    }

    @Override
    public boolean exists(QueueName queue) {
        return calls.call(() -> delegate.exists(queue));
    }

    @Override
    public boolean delete(QueueName queue) {
        return calls.call(() -> delegate.delete(queue));
    }

    @Override
    public long purge(QueueName queue) {
        return calls.call(() -> delegate.purge(queue));
    }

    @Override
    public QueueStats stats(QueueName queue) {
        return calls.call(() -> delegate.stats(queue));
    }

    @Override
    public long size(QueueName queue) {
        return calls.call(() -> delegate.size(queue));
    }

    @Override
    public List<DeadLetter> deadLetters(QueueName queue, int max) {
        return calls.call(() -> delegate.deadLetters(queue, max));
    }

    @Override
    public List<DeadLetter> deadLetters(QueueName queue, String afterId, int max) {
        return calls.call(() -> delegate.deadLetters(queue, afterId, max));
    }

    @Override
    public long redrive(QueueName queue, int max) {
        return calls.call(() -> delegate.redrive(queue, max));
    }

    @Override
    public long redrive(QueueName queue, Collection<String> ids) {
        List<String> copy = List.copyOf(ids);
        return calls.call(() -> delegate.redrive(queue, copy));
    }

    @Override
    public long purgeDeadLetters(QueueName queue) {
        return calls.call(() -> delegate.purgeDeadLetters(queue));
    }

    /**
     * Ends all waiting between attempts, whose calls then fail with what they know, and closes the queue inside. Takes
     * as long as that does, and at most a second more.
     */
    @Override
    public void close() {
        timer.close();
        try {
            delegate.close();
        } finally {
            timer.awaitThreadEnd();
        }
    }

    private Delivery unwrapped(Delivery delivery) {
        if (!(delivery instanceof RetriedDelivery ours) || !ours.isRepeatedBy(calls)) {
            throw new IllegalArgumentException(
                    "Not a delivery of this queue object: " + delivery + "; acknowledge it where it was received");
        }
        return ours.delegate();
    }

    /** Whoever waits for messages is told of the end, and not of the trouble before it. */
    private static QueueClosedException closed(QueueException trouble) {
        QueueClosedException closed = new QueueClosedException(trouble.operation());
        closed.addSuppressed(trouble);
        return closed;
    }

    /** What is left of a wait that began at a {@link System#nanoTime()}. */
    private static Duration rest(Duration maxWait, long startedNanos) {
        Duration rest = maxWait.minusNanos(System.nanoTime() - startedNanos);
        return rest.isNegative() ? Duration.ZERO : rest;
    }
}
