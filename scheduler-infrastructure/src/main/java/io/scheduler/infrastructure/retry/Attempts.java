package io.scheduler.infrastructure.retry;

import io.github.resilience4j.retry.Retry;
import io.scheduler.core.queue.MessageSerializationException;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueClosedException;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueRefusedException;
import io.scheduler.core.queue.QueueUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The story of one call, from its first failure on: what failed so far, what the log says of it, and which error it
 * ends with. Used by one thread at a time.
 */
final class Attempts {

    private static final Logger LOG = LoggerFactory.getLogger(RetryingMessageQueue.class);

    private final Retry.AsyncContext<Void> context;
    private final int maxAttempts;
    private final long startedNanos;
    private final Operation operation;
    private final List<RuntimeException> failures = new ArrayList<>();
    private boolean retried;

    /**
     * Begins the story of a call.
     *
     * @param retry says whether to try again, and after which delay
     * @param startedNanos the {@link System#nanoTime()} at which the first attempt began
     * @param operation what was asked, for the texts
     */
    Attempts(Retry retry, long startedNanos, Operation operation) {
        this.context = retry.asyncContext();
        this.maxAttempts = retry.getRetryConfig().getMaxAttempts();
        this.startedNanos = startedNanos;
        this.operation = operation;
    }

    /** Notes a failed attempt. Returns how long to wait before the next; empty if there is none. */
    Optional<Duration> failed(RuntimeException failure) {
        failures.add(failure);
        long millis = context.onError(failure);
        return millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
    }

    /** Tells the log that the last failure is followed by another attempt. */
    void retryingIn(Duration delay) {
        retried = true;
        LOG.warn(
                "{}: attempt {} of {} failed, trying again in {}: {}",
                operation,
                failures.size(),
                maxAttempts,
                text(delay),
                cause(last()));
        LOG.debug("The failure of attempt {} to {}", failures.size(), operation, last());
    }

    /** Tells the log that another attempt succeeded. */
    void recovered() {
        LOG.info("Recovered after {} attempts in {}: {}", failures.size() + 1, elapsed(), operation);
    }

    /**
     * Ends the story with the error for the caller. It is the failure itself, untouched, if that was never retried.
     *
     * @param ending why there is no other attempt
     */
    RuntimeException gaveUp(Ending ending) {
        if (!retried) {
            return last();
        }
        String problem = problem(ending);
        LOG.error("Failed: {}: {}", operation, problem);
        RuntimeException error = error(problem);
        failures.stream()
                .filter(failure -> failure != error && failure != error.getCause())
                .forEach(error::addSuppressed);
        return error;
    }

    /** An attempt that may have been done makes the whole call one, whatever came later. */
    private RuntimeException error(String problem) {
        RuntimeException last = last();
        if (failures.stream().anyMatch(OutcomeUnknownException.class::isInstance)) {
            return new OutcomeUnknownException(operation, problem, last);
        }
        if (last instanceof QueueUnavailableException) {
            return new QueueUnavailableException(operation, problem, last);
        }
        if (last instanceof QueueRefusedException) {
            return new QueueRefusedException(operation, problem, last);
        }
        if (last instanceof MessageSerializationException) {
            return new MessageSerializationException(operation, problem, last);
        }
        if (last instanceof QueueClosedException) {
            return new QueueClosedException(operation);
        }
        return last;
    }

    private String problem(Ending ending) {
        StringJoiner causes = new StringJoiner(" ");
        for (int i = 0; i < failures.size(); i++) {
            causes.add((i + 1) + ": " + cause(failures.get(i)));
        }
        return "gave up after " + failures.size() + (failures.size() == 1 ? " attempt" : " attempts") + " in "
                + elapsed() + ending.text() + ". " + causes;
    }

    private RuntimeException last() {
        return failures.get(failures.size() - 1);
    }

    private String elapsed() {
        return text(Duration.ofNanos(System.nanoTime() - startedNanos));
    }

    /** What a failure says, without repeating what was asked, and whether the attempt was done. */
    private static String cause(RuntimeException failure) {
        if (!(failure instanceof QueueException known)) {
            return failure.toString();
        }
        String prefix = "Failed: " + known.operation() + ": ";
        String text = known.getMessage();
        return (text.startsWith(prefix) ? text.substring(prefix.length()) : text)
                + (known instanceof OutcomeUnknownException ? " (may have been done)" : " (not done)");
    }

    private static String text(Duration duration) {
        long millis = duration.toMillis();
        return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
