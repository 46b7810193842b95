package io.scheduler.infrastructure.retry;

import io.github.resilience4j.retry.Retry;
import io.scheduler.core.queue.QueueException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * A publication that is repeated without blocking, until it succeeds, is given up, or its caller cancels it. Attempts
 * follow each other, so nothing here is used by two threads at once.
 */
final class AsyncPublication {

    private final Supplier<CompletableFuture<Void>> publication;
    private final Retry retry;
    private final BackoffTimer timer;
    private final long startedNanos = System.nanoTime();
    private final CompletableFuture<Void> result = new CompletableFuture<>();

    /** From the first failure on. */
    private Optional<Attempts> attempts = Optional.empty();

    AsyncPublication(Supplier<CompletableFuture<Void>> publication, Retry retry, BackoffTimer timer) {
        this.publication = publication;
        this.retry = retry;
        this.timer = timer;
    }

    /** Makes the first attempt. Returns the future of the whole publication. */
    CompletableFuture<Void> start() {
        attempt();
        return result;
    }

    private void attempt() {
        attempted()
                .whenComplete((nothing, failure) -> completing(() -> {
                    if (failure == null) {
                        succeeded();
                    } else {
                        failed(unwrapped(failure));
                    }
                }));
    }

    private CompletableFuture<Void> attempted() {
        try {
            return publication.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void succeeded() {
        attempts.ifPresent(Attempts::recovered);
        result.complete(null);
    }

    private void failed(Throwable failure) {
        if (attempts.isEmpty() && failure instanceof QueueException first) {
            attempts = Optional.of(new Attempts(retry, startedNanos, first.operation()));
        }
        if (attempts.isPresent() && failure instanceof RuntimeException known) {
            repeatOrGiveUp(attempts.get(), known);
        } else {
            result.completeExceptionally(failure);
        }
    }

    private void repeatOrGiveUp(Attempts story, RuntimeException failure) {
        Optional<Duration> delay = story.failed(failure);
        if (delay.isEmpty()) {
            result.completeExceptionally(story.gaveUp(Ending.NOT_WORTH_IT));
        } else if (timer.isClosed()) {
            result.completeExceptionally(story.gaveUp(Ending.CLOSED));
        } else if (!result.isDone()) {
            story.retryingIn(delay.get());
            timer.after(delay.get()).thenAccept(open -> completing(() -> delayEnded(story, open)));
        }
    }

    private void delayEnded(Attempts story, boolean open) {
        if (result.isDone()) {
            return;
        }
        if (open) {
            attempt();
        } else {
            result.completeExceptionally(story.gaveUp(Ending.CLOSED));
        }
    }

    /** A step that breaks, for instance for want of memory, must not leave the caller waiting. */
    private void completing(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error broken) {
            result.completeExceptionally(broken);
        }
    }

    /** The failure that a future ended with, without the wrapping that dependent stages get. */
    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
