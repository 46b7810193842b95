package io.scheduler.infrastructure.retry;

import static io.scheduler.infrastructure.retry.Failures.unavailable;
import static io.scheduler.infrastructure.retry.Failures.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueClosedException;
import io.scheduler.core.queue.QueueUnavailableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Closing while calls wait for their next attempt. */
class RetryingCloseTest extends RetryingAroundMemory {

    @ParameterizedTest
    @EnumSource
    void endsTheWaitAndNothingWasDone(Way way) {
        faulty.failBefore(unavailable("no connection"));

        assertThat(closedWhileWaiting(way))
                .isInstanceOf(QueueUnavailableException.class)
                .hasMessageContaining(", because the queue was closed. 1: no connection");
    }

    @ParameterizedTest
    @EnumSource
    void endsTheWaitAndTheOutcomeIsUnknown(Way way) {
        faulty.failAfter(unknown("no answer"));

        assertThat(closedWhileWaiting(way)).isInstanceOf(OutcomeUnknownException.class);
    }

    private Throwable closedWhileWaiting(Way way) {
        CompletableFuture<Throwable> error = new CompletableFuture<>();
        new Thread(() -> error.complete(catchThrowable(() -> way.publish(endless)))).start();
        awaitBackoff();

        endless.close();

        assertThat(error).succeedsWithin(PROMPTLY);
        assertThat(faulty.calls()).isEqualTo(1);
        assertThat(log.texts(Level.ERROR)).hasSize(1);
        return error.join();
    }

    @ParameterizedTest
    @EnumSource
    void leavesNothingToCall(Way way) {
        quick.close();
        quick.close();

        List<ThrowingCallable> calls =
                List.of(() -> way.publish(quick), () -> quick.size(EMAILS), () -> quick.health());
        assertThat(calls).allSatisfy(call -> assertThatThrownBy(call).isInstanceOf(QueueClosedException.class));
    }

    @Test
    void endsTheThread() {
        assertThat(retryThreads()).isEmpty();
        quick.publishAsync(EMAILS, MESSAGE).join();
        assertThat(retryThreads()).isEmpty();
        faulty.failBefore(unavailable("no connection"));
        endless.publishAsync(EMAILS, MESSAGE);
        assertThat(retryThreads())
                .singleElement()
                .satisfies(thread -> assertThat(thread.isDaemon()).isTrue());

        endless.close();

        assertThat(retryThreads()).isEmpty();
    }

    @Test
    void fromTheRetryThreadItselfDoesNotWaitForIt() {
        faulty.failBefore(unavailable("no connection"));

        CompletableFuture<Void> closing = quick.publishAsync(EMAILS, MESSAGE).thenRun(quick::close);

        assertThat(closing).succeedsWithin(PROMPTLY);
        await().atMost(PROMPTLY).until(() -> retryThreads().isEmpty());
    }

    private static List<Thread> retryThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("scheduler-retry"))
                .toList();
    }
}
