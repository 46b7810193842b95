package io.scheduler.infrastructure.retry;

import io.github.resilience4j.retry.Retry;
import io.scheduler.core.queue.QueueException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes calls that block, again and again until one succeeds or is given up, and waits on the caller's thread
 * meanwhile. Safe for use by several threads.
 *
 * @param retry says whether to try again, and after which delay
 * @param timer ends all waiting when it is closed
 */
record RepeatedCalls(Retry retry, BackoffTimer timer) {

    <T> T call(Supplier<T> call) {
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
