package io.scheduler.infrastructure.retry;

import static io.scheduler.infrastructure.retry.Failures.refused;
import static io.scheduler.infrastructure.retry.Failures.unavailable;
import static io.scheduler.infrastructure.retry.Failures.unknown;
import static io.scheduler.infrastructure.retry.Failures.unserializable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueClosedException;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The errors that pass through as they are. */
class RetryingOriginalErrorTest extends RetryingAroundMemory {

    @ParameterizedTest
    @EnumSource
    void passesThroughIfItIsNotWorthAnotherAttempt(Way way) {
        for (Function<Operation, ? extends QueueException> failure :
                List.of(refused("no permission"), unserializable("a cycle"), QueueClosedException::new)) {
            assertPassesThrough(way, quick, failure);
        }
    }

    @ParameterizedTest
    @EnumSource
    void passesThroughIfThereIsOneAttemptOnly(Way way) {
        RetryingMessageQueue once = retrying(faulty, RetryOptions.of(1, Duration.ofMillis(1)));

        assertPassesThrough(way, once, unavailable("no connection"));
        assertPassesThrough(way, once, unknown("no answer"));
    }

    @Test
    void passesThroughIfItCameWithAnInterrupt() {
        OutcomeUnknownException failure = new OutcomeUnknownException(operation(), "interrupted", null);
        faulty.failBefore(operation -> {
            Thread.currentThread().interrupt();
            return failure;
        });

        assertThatThrownBy(() -> endless.publish(EMAILS, MESSAGE)).isSameAs(failure);
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void passesThroughIfTheQueueWasClosedMeanwhile(Way way) {
        QueueUnavailableException failure = new QueueUnavailableException(operation(), "shut down", null);
        faulty.failBefore(operation -> {
            endless.close();
            return failure;
        });

        assertThatThrownBy(() -> way.publish(endless)).isSameAs(failure);
        assertThat(log.events()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void passesThroughIfItIsNoneOfAQueue(Way way) {
        IllegalStateException bug = new IllegalStateException("a bug");
        faulty.failBefore(operation -> bug);

        assertThatThrownBy(() -> way.publish(quick)).isSameAs(bug);
        assertThat(faulty.calls()).isEqualTo(1);
    }

    @Test
    void aMissingArgumentIsThrownDirectly() {
        assertThatNullPointerException().isThrownBy(() -> quick.publishAsync(EMAILS, null));
        assertThatNullPointerException().isThrownBy(() -> quick.publishAsync(null, MESSAGE));
    }

    private void assertPassesThrough(
            Way way, MessageQueue queue, Function<Operation, ? extends QueueException> failure) {
        QueueException original = failure.apply(operation());
        int callsBefore = faulty.calls();
        faulty.failBefore(operation -> original);

        assertThatThrownBy(() -> way.publish(queue)).isSameAs(original).hasNoSuppressedExceptions();
        assertThat(faulty.calls()).isEqualTo(callsBefore + 1);
        assertThat(log.events()).isEmpty();
    }
}
