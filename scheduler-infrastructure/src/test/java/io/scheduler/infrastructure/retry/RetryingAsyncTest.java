package io.scheduler.infrastructure.retry;

import static io.scheduler.infrastructure.retry.Failures.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.ForwardingMessageQueue;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueUnavailableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Publishing without blocking the caller. */
class RetryingAsyncTest extends RetryingAroundMemory {

    @Test
    void theCallerGetsTheFutureWhileTheBackoffRuns() {
        faulty.failBefore(unavailable("no connection"));

        assertThat(endless.publishAsync(EMAILS, MESSAGE)).isNotDone();
    }

    @Test
    void severalBackoffsRunAtTheSameTime() {
        Stream.of(1, 2, 3).forEach(i -> faulty.failBefore(unavailable("no connection")));
        List<CompletableFuture<Void>> futures = Stream.of(1, 2, 3)
                .map(i -> endless.publishAsync(EMAILS, MESSAGE))
                .toList();

        endless.close();

        assertThat(futures).allSatisfy(future -> assertThat(future).isCompletedExceptionally());
    }

    @Test
    void aCancelledPublicationIsNotRepeated() {
        QueueUnavailableException failure = new QueueUnavailableException(operation(), "no connection", null);
        CompletableFuture<Void> attempt = new CompletableFuture<>();
        RetryingMessageQueue queue = retrying(new AnsweringWith(memory, attempt), QUICK);
        CompletableFuture<Void> publication = queue.publishAsync(EMAILS, MESSAGE);

        publication.cancel(false);
        attempt.completeExceptionally(failure);

        assertThat(log.events()).isEmpty();
        assertThat(publication).isCancelled();
    }

    @Test
    void aQueueThatThrowsInsteadOfReturningAFailedFutureIsRepeated() {
        MessageQueue throwing = new ForwardingMessageQueue() {
            @Override
            protected MessageQueue delegate() {
                return faulty;
            }

            @Override
            public CompletableFuture<Void> publishAsync(QueueName queue, Message message) {
                faulty.publish(queue, message);
                return CompletableFuture.completedFuture(null);
            }
        };
        faulty.failBefore(unavailable("no connection")).failBefore(unavailable("no connection"));

        assertThat(retrying(throwing, QUICK).publishAsync(EMAILS, MESSAGE)).succeedsWithin(PROMPTLY);
        assertThat(faulty.calls()).isEqualTo(3);
    }

    @Test
    void anErrorOfTheMachineArrivesAsItIs() {
        AssertionError broken = new AssertionError("broken");
        CompletableFuture<Void> attempt = CompletableFuture.failedFuture(broken);
        RetryingMessageQueue queue = retrying(new AnsweringWith(memory, attempt), QUICK);

        assertThat(queue.publishAsync(EMAILS, MESSAGE))
                .failsWithin(PROMPTLY)
                .withThrowableThat()
                .withCause(broken);
    }
}
