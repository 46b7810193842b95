package io.scheduler.infrastructure.retry;

import static io.scheduler.infrastructure.retry.Failures.unavailable;
import static io.scheduler.infrastructure.retry.Failures.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueClosedException;
import io.scheduler.core.queue.QueueUnavailableException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is repeated, and how often. */
class RetryingRepeatTest extends RetryingAroundMemory {

    @ParameterizedTest
    @EnumSource
    void aCallThatSucceedsIsMadeOnce(Way way) {
        way.publish(quick);

        assertThat(faulty.calls()).isEqualTo(1);
        assertThat(log.events()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aPublicationThatWasNotDoneIsRepeatedUntilItIs(Way way) {
        faulty.failBefore(unavailable("no connection")).failBefore(unavailable("no connection"));

        way.publish(quick);

        assertThat(faulty.calls()).isEqualTo(3);
        assertThat(memory.size(EMAILS)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aPublicationThatWasDoneAfterAllIsStoredOnce(Way way) {
        faulty.failAfter(unknown("no answer"));

        way.publish(quick);

        assertThat(faulty.calls()).isEqualTo(2);
        assertThat(memory.size(EMAILS)).isEqualTo(1);
    }

    @Test
    void aListThatWasStoredAfterAllIsStoredOnce() {
        Message other = Message.of(MessageType.of("email.send", String.class), "other");
        faulty.failAfter(unknown("no answer"));

        quick.publishAll(EMAILS, List.of(MESSAGE, other));

        assertThat(faulty.calls()).isEqualTo(2);
        assertThat(memory.size(EMAILS)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void theFirstAttemptCounts(Way way) {
        Stream.of(1, 2, 3, 4).forEach(i -> faulty.failBefore(unavailable("no connection")));

        assertThatThrownBy(() -> way.publish(quick)).isInstanceOf(QueueUnavailableException.class);
        assertThat(faulty.calls()).isEqualTo(3);
        assertThat(memory.exists(EMAILS)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("questions")
    void administrationIsRepeated(Function<MessageQueue, Object> question) {
        memory.publish(EMAILS, MESSAGE);
        faulty.failBefore(unavailable("no connection")).failBefore(unknown("no answer"));

        assertThat(question.apply(quick)).isIn(true, false, 1L, memory.stats(EMAILS));
        assertThat(faulty.calls()).isEqualTo(3);
        assertThat(log.texts(Level.WARN)).hasSize(2);
    }

    @Test
    void theAnswerIsTheOneOfTheLastAttempt() {
        faulty.failAfter(unknown("no answer"));

        assertThat(quick.create(EMAILS)).isFalse();
        assertThat(memory.exists(EMAILS)).isTrue();
    }

    @Test
    void healthIsAskedOnce() {
        faulty.failBefore(unavailable("no connection"));

        assertThatThrownBy(quick::health).isInstanceOf(QueueUnavailableException.class);
        assertThat(faulty.calls()).isEqualTo(1);
    }

    @Test
    void closingIsDoneOnce() {
        quick.close();

        assertThatThrownBy(() -> memory.exists(EMAILS)).isInstanceOf(QueueClosedException.class);
        assertThat(faulty.calls()).isZero();
    }

    static Stream<Function<MessageQueue, Object>> questions() {
        return Stream.of(
                queue -> queue.create(EMAILS),
                queue -> queue.exists(EMAILS),
                queue -> queue.delete(EMAILS),
                queue -> queue.purge(EMAILS),
                queue -> queue.stats(EMAILS),
                queue -> queue.size(EMAILS));
    }
}
