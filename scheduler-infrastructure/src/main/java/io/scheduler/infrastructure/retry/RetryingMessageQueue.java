package io.scheduler.infrastructure.retry;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.scheduler.core.message.Message;
import io.scheduler.core.queue.ForwardingMessageQueue;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueStats;
import io.scheduler.core.queue.QueueUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A queue that repeats what another one could not do: publications and administration that end with
 * {@link QueueUnavailableException} or {@link OutcomeUnknownException}. Other errors come back at once, and
 * {@link #health} is asked once. Safe for use by several threads.
 *
 * <p>A blocking call waits on the caller's thread, so it lasts at most the {@linkplain RetryOptions delays} longer than
 * its attempts. {@link #publishAsync} blocks nobody: its later attempts begin on a daemon thread,
 * {@code scheduler-retry}, which exists from the first of them until {@link #close}; a future completes on that thread,
 * or on the one that completed the attempt, or on the one that closes the queue.
 *
 * <p><b>The error in the end</b> tells the truth about all attempts: {@link OutcomeUnknownException} if any of them may
 * have been done, even if the last was not; otherwise it is of the class of the last failure. Its text has the number
 * of attempts, the time they took and what each one failed of; the last failure is its cause, the earlier ones are
 * suppressed in it ({@link io.scheduler.core.queue.QueueClosedException} has no text of its own, and has them all
 * suppressed). An error that was not followed by another attempt is the original, untouched.
 *
 * <p><b>An interrupt, or {@link #close},</b> ends the wait between two attempts at once, with such an error; so an
 * interrupt throws {@link OutcomeUnknownException} only if something may have been done. The thread's interrupt flag
 * stays set.
 *
 * <p><b>Repeating is safe for publications</b>, because a message id that was stored is not stored again. It is
 * harmless for questions. After an attempt whose outcome was unknown, {@link #create} and {@link #delete} may answer
 * false to the very call that did it, and {@link #purge} counts only what its last attempt removed, which may include
 * messages that came in between.
 *
 * <p>Each retry is logged as a warning, a recovery as information, giving up as an error; never a payload, and stack
 * traces only at debug level.
 */
public final class RetryingMessageQueue extends ForwardingMessageQueue {

    private final MessageQueue delegate;
    private final Retry retry;
    private final BackoffTimer timer = new BackoffTimer();

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
    }

    @Override
    protected MessageQueue delegate() {
        return delegate;
    }

    @Override
    public void publish(QueueName queue, Message message) {
        repeatedly(() -> {
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
        repeatedly(() -> {
            delegate.publishAll(queue, copy);
            return null;
        });
    }

    @Override
    public boolean create(QueueName queue) {
        return repeatedly(() -> delegate.create(queue));
    }

    @Override
    public boolean exists(QueueName queue) {
        return repeatedly(() -> delegate.exists(queue));
    }

    @Override
    public boolean delete(QueueName queue) {
        return repeatedly(() -> delegate.delete(queue));
    }

    @Override
    public long purge(QueueName queue) {
        return repeatedly(() -> delegate.purge(queue));
    }

    @Override
    public QueueStats stats(QueueName queue) {
        return repeatedly(() -> delegate.stats(queue));
    }

    @Override
    public long size(QueueName queue) {
        return repeatedly(() -> delegate.size(queue));
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

    private <T> T repeatedly(Supplier<T> call) {
        long started = System.nanoTime();
        try {
            return call.get();
        } catch (QueueException first) {
            return repeat(call, new Attempts(retry, started, first.operation()), first);
        }
    }

    private <T> T repeat(Supplier<T> call, Attempts attempts, QueueException first) {
        RuntimeException failure = first;
        while (true) {
            Optional<Duration> delay = attempts.failed(failure);
            Optional<Ending> ending = delay.isEmpty() ? Optional.of(Ending.NOT_WORTH_IT) : pause(attempts, delay.get());
            if (ending.isPresent()) {
                throw attempts.gaveUp(ending.get());
            }
            try {
                T result = call.get();
                attempts.recovered();
                return result;
            } catch (RuntimeException next) {
                failure = next;
            }
        }
    }

    /** Waits for the next attempt; gives the reason if there is to be none. */
    private Optional<Ending> pause(Attempts attempts, Duration delay) {
        if (Thread.currentThread().isInterrupted()) {
            return Optional.of(Ending.INTERRUPTED);
        }
        if (timer.isClosed()) {
            return Optional.of(Ending.CLOSED);
        }
        attempts.retryingIn(delay);
        try {
            return timer.await(delay) ? Optional.empty() : Optional.of(Ending.CLOSED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(Ending.INTERRUPTED);
        }
    }
}
