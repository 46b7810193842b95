package io.scheduler.infrastructure.retry;

import static io.scheduler.infrastructure.retry.Failures.refused;
import static io.scheduler.infrastructure.retry.Failures.unavailable;
import static io.scheduler.infrastructure.retry.Failures.unknown;
import static io.scheduler.infrastructure.retry.Failures.unserializable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.scheduler.core.queue.MessageSerializationException;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueClosedException;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueRefusedException;
import io.scheduler.core.queue.QueueUnavailableException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The error in the end: what it tells of all attempts. */
class RetryingFinalErrorTest extends RetryingAroundMemory {

    @ParameterizedTest
    @EnumSource
    void tellsTheWholeStory(Way way) {
        faulty.failBefore(unavailable("no connection"))
                .failBefore(unavailable("READONLY"))
                .failBefore(unavailable("LOADING"));

        Throwable error = catchThrowable(() -> way.publish(quick));

        assertThat(error)
                .isInstanceOf(QueueUnavailableException.class)
                .message()
                .matches("Failed: publish on queue 'emails', message 42: gave up after 3 attempts in \\d+ ms\\. "
                        + "1: no connection \\(not done\\) 2: READONLY \\(not done\\) 3: LOADING \\(not done\\)");
        assertThat(error.getCause()).hasMessageEndingWith(": LOADING");
        assertThat(error.getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly(
                        "Failed: publish on queue 'emails', message 42: no connection",
                        "Failed: publish on queue 'emails', message 42: READONLY");
        assertThat(((QueueException) error).operation()).hasToString("publish on queue 'emails', message 42");
    }

    @ParameterizedTest
    @EnumSource
    void isUnknownIfOneAttemptWasEvenIfTheLastWasNot(Way way) {
        faulty.failAfter(unknown("no answer"))
                .failBefore(unavailable("no connection"))
                .failBefore(unavailable("no connection"));

        assertThatThrownBy(() -> way.publish(quick))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasCauseInstanceOf(QueueUnavailableException.class)
                .hasMessageContaining("1: no answer (may have been done) 2: no connection (not done) 3:");
    }

    @ParameterizedTest
    @EnumSource
    void isUnknownIfOneAttemptWasAndTheNextIsRefused(Way way) {
        faulty.failAfter(unknown("no answer")).failBefore(refused("no permission"));

        assertThatThrownBy(() -> way.publish(quick))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasCauseInstanceOf(QueueRefusedException.class)
                .hasMessageContaining("gave up after 2 attempts");
        assertThat(faulty.calls()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void isUnknownIfOneAttemptWasAndTheNextComesTooLate(Way way) {
        faulty.failAfter(unknown("no answer")).failBefore(QueueClosedException::new);

        assertThatThrownBy(() -> way.publish(quick))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasCauseInstanceOf(QueueClosedException.class);
    }

    @ParameterizedTest
    @EnumSource
    void isUnknownIfOneAttemptWasAndTheNextMeetsABug(Way way) {
        faulty.failAfter(unknown("no answer")).failBefore(operation -> new IllegalStateException("a bug"));

        assertThatThrownBy(() -> way.publish(quick))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2: java.lang.IllegalStateException: a bug");
    }

    @ParameterizedTest
    @EnumSource
    void isOtherwiseOfTheClassOfTheLastFailure(Way way) {
        faulty.failBefore(unavailable("no connection")).failBefore(refused("no permission"));
        assertThatThrownBy(() -> way.publish(quick))
                .isInstanceOf(QueueRefusedException.class)
                .hasMessageContaining("1: no connection (not done) 2: no permission (not done)");

        faulty.failBefore(unavailable("no connection")).failBefore(unserializable("a cycle"));
        assertThatThrownBy(() -> way.publish(quick)).isInstanceOf(MessageSerializationException.class);

        faulty.failBefore(unavailable("no connection")).failBefore(unknown("no answer"));
        faulty.failBefore(unknown("no answer"));
        assertThatThrownBy(() -> way.publish(quick)).isInstanceOf(OutcomeUnknownException.class);
    }

    @ParameterizedTest
    @EnumSource
    void isClosedIfTheQueueWasClosedMeanwhile(Way way) {
        faulty.failBefore(unavailable("no connection")).failBefore(QueueClosedException::new);

        Throwable error = catchThrowable(() -> way.publish(quick));

        assertThat(error).isInstanceOf(QueueClosedException.class);
        assertThat(error.getSuppressed())
                .hasExactlyElementsOfTypes(QueueUnavailableException.class, QueueClosedException.class);
    }

    @Test
    void isABugIfThatIsWhatTheNextAttemptMeets() {
        IllegalStateException bug = new IllegalStateException("a bug");
        faulty.failBefore(unavailable("no connection")).failBefore(operation -> bug);

        assertThatThrownBy(() -> quick.publish(EMAILS, MESSAGE)).isSameAs(bug);
        assertThat(bug.getSuppressed()).hasExactlyElementsOfTypes(QueueUnavailableException.class);
    }

    @Test
    void survivesAQueueThatThrowsOneInstanceAgainAndAgain() {
        QueueUnavailableException same = new QueueUnavailableException(operation(), "no connection", null);
        Stream.of(1, 2, 3).forEach(i -> faulty.failBefore(operation -> same));

        assertThatThrownBy(() -> quick.publish(EMAILS, MESSAGE))
                .isInstanceOf(QueueUnavailableException.class)
                .hasMessageContaining("gave up after 3 attempts")
                .hasCause(same);
    }
}
