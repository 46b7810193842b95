package io.scheduler.core.queue.contract;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What became of a future, as if the call had been a blocking one. */
final class Outcome {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Outcome() {}

    static <T> T of(Future<T> future) {
        return within(PATIENCE, future);
    }

    static <T> T within(Duration patience, Future<T> future) {
        try {
            return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException error) {
                throw error;
            }
            return fail("The future failed with what no call throws", e.getCause());
        } catch (CancellationException e) {
            return fail("The future was cancelled by somebody else", e);
        } catch (TimeoutException e) {
            return fail("The future did not complete within " + patience.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fail("Interrupted while waiting for the future", e);
        }
    }
}
