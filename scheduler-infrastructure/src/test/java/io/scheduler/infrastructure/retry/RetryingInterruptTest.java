package io.scheduler.infrastructure.retry;

import static io.scheduler.infrastructure.retry.Failures.unavailable;
import static io.scheduler.infrastructure.retry.Failures.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueUnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Interrupts between two attempts. */
class RetryingInterruptTest extends RetryingAroundMemory {

    @Test
    void anInterruptEndsTheWaitAndNothingWasDone() {
        faulty.failBefore(unavailable("no connection"));

        assertThat(interruptedWhileWaiting())
                .isInstanceOf(QueueUnavailableException.class)
                .hasMessageContaining("gave up after 1 attempt in")
                .hasMessageContaining(", because the thread was interrupted. 1: no connection");
    }

    @Test
    void anInterruptEndsTheWaitAndTheOutcomeIsUnknown() {
        faulty.failAfter(unknown("no answer"));

        assertThat(interruptedWhileWaiting())
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining(", because the thread was interrupted. 1: no answer");
    }

    private Throwable interruptedWhileWaiting() {
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        AtomicReference<Throwable> error = new AtomicReference<>();
        Thread publisher = new Thread(() -> {
            error.set(catchThrowable(() -> endless.publish(EMAILS, MESSAGE)));
            flag.complete(Thread.currentThread().isInterrupted());
        });
        publisher.start();
        awaitBackoff();

        publisher.interrupt();

        assertThat(flag).succeedsWithin(PROMPTLY).isEqualTo(true);
        assertThat(faulty.calls()).isEqualTo(1);
        return error.get();
    }
}
