package io.scheduler.infrastructure.retry;

import static io.scheduler.infrastructure.retry.Failures.refused;
import static io.scheduler.infrastructure.retry.Failures.unavailable;
import static io.scheduler.infrastructure.retry.Failures.unknown;
import static io.scheduler.infrastructure.retry.Failures.unserializable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.ForwardingMessageQueue;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.MessageSerializationException;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueClosedException;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueRefusedException;
import io.scheduler.core.queue.QueueUnavailableException;
import io.scheduler.infrastructure.memory.InMemoryMessageQueue;
import io.scheduler.infrastructure.memory.ManualClock;
import io.scheduler.infrastructure.memory.TextCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The timeout ends, by interrupt, what would otherwise wait for an hour. */
@Timeout(15)
class RetryingMessageQueueTest {

    private static final QueueName EMAILS = QueueName.of("emails");
    private static final Message MESSAGE = Message.builder(MessageType.of("email.send", String.class), "secret")
            .id("42")
            .build();
    private static final RetryOptions QUICK = RetryOptions.of(3, Duration.ofMillis(1));

    /** Nobody waits for this delay to end: a test that has to, fails. */
    private static final RetryOptions ENDLESS = RetryOptions.of(3, Duration.ofHours(1));

    private static final Duration PROMPTLY = Duration.ofSeconds(10);

    private final List<MessageQueue> opened = new ArrayList<>();
    private final CapturedLog log = CapturedLog.of(RetryingMessageQueue.class, Level.INFO);
    private final MessageQueue memory = new InMemoryMessageQueue(new TextCodec(), new ManualClock());
    private final FaultyMessageQueue faulty = new FaultyMessageQueue(memory);
    private final RetryingMessageQueue quick = retrying(faulty, QUICK);
    private final RetryingMessageQueue endless = retrying(faulty, ENDLESS);

    @AfterEach
    void close() {
        opened.forEach(MessageQueue::close);
        log.close();
    }

    /** Closed after the test, so that no thread of one test is seen by the next. */
    private RetryingMessageQueue retrying(MessageQueue queue, RetryOptions options) {
        RetryingMessageQueue retrying = new RetryingMessageQueue(queue, options);
        opened.add(retrying);
        return retrying;
    }

    /** The two ways to publish, which have to behave alike. */
    enum Way {
        BLOCKING {
            @Override
            void publish(MessageQueue queue) {
                queue.publish(EMAILS, MESSAGE);
            }
        },
        ASYNC {
            @Override
            void publish(MessageQueue queue) {
                try {
                    queue.publishAsync(EMAILS, MESSAGE).get();
                } catch (ExecutionException e) {
                    throw (RuntimeException) e.getCause();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };

        abstract void publish(MessageQueue queue);
    }

    @Nested
    class Repeating {

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
        @MethodSource("io.scheduler.infrastructure.retry.RetryingMessageQueueTest#questions")
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

    @Nested
    class TheOriginalError {

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

    @Nested
    class TheErrorInTheEnd {

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

    @Nested
    class Logging {

        @ParameterizedTest
        @EnumSource
        void aRecoveryIsToldStepByStep(Way way) {
            faulty.failBefore(unavailable("no connection")).failBefore(unknown("no answer"));

            way.publish(quick);

            assertThat(log.events())
                    .extracting(event -> event.getLevel() + " " + event.getFormattedMessage())
                    .satisfiesExactly(
                            first -> assertThat(first)
                                    .matches("WARN publish on queue 'emails', message 42: attempt 1 of 3 failed, "
                                            + "trying again in \\d ms: no connection \\(not done\\)"),
                            second -> assertThat(second)
                                    .matches("WARN publish on queue 'emails', message 42: attempt 2 of 3 failed, "
                                            + "trying again in \\d ms: no answer \\(may have been done\\)"),
                            third -> assertThat(third)
                                    .matches("INFO Recovered after 3 attempts in \\d+ ms: "
                                            + "publish on queue 'emails', message 42"));
        }

        @ParameterizedTest
        @EnumSource
        void givingUpIsAnError(Way way) {
            Stream.of(1, 2, 3).forEach(i -> faulty.failBefore(unavailable("no connection")));

            Throwable error = catchThrowable(() -> way.publish(quick));

            assertThat(log.texts(Level.ERROR)).containsExactly(error.getMessage());
        }

        @Test
        void longDelaysAreShownInSeconds() {
            faulty.failBefore(unavailable("no connection"));
            CompletableFuture<Void> future = endless.publishAsync(EMAILS, MESSAGE);

            assertThat(log.texts(Level.WARN)).singleElement().asString().containsPattern("again in \\d{4}\\.\\d s: no");
            future.cancel(false);
        }

        @Test
        void stackTracesAreForDebugging() {
            faulty.failBefore(unavailable("no connection"));
            quick.publish(EMAILS, MESSAGE);
            assertThat(log.events())
                    .allSatisfy(event -> assertThat(event.getThrowableProxy()).isNull());

            try (CapturedLog debug = CapturedLog.of(RetryingMessageQueue.class, Level.DEBUG)) {
                faulty.failBefore(unavailable("no connection"));
                quick.publish(EMAILS, MESSAGE);

                assertThat(debug.events()).anySatisfy(event -> {
                    assertThat(event.getLevel()).isEqualTo(Level.DEBUG);
                    assertThat(event.getThrowableProxy()).isNotNull();
                });
            }
        }

        @Test
        void payloadsStayOut() {
            Stream.of(1, 2, 3).forEach(i -> faulty.failBefore(unavailable("no connection")));

            Throwable error = catchThrowable(() -> quick.publish(EMAILS, MESSAGE));

            assertThat(error).hasMessageNotContaining("secret");
            assertThat(log.events())
                    .hasSize(3)
                    .allSatisfy(event -> assertThat(event.getFormattedMessage()).doesNotContain("secret"));
        }
    }

    @Nested
    class Interrupts {

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

    @Nested
    class Closing {

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

            CompletableFuture<Void> closing =
                    quick.publishAsync(EMAILS, MESSAGE).thenRun(quick::close);

            assertThat(closing).succeedsWithin(PROMPTLY);
            await().atMost(PROMPTLY).until(() -> retryThreads().isEmpty());
        }

        private static List<Thread> retryThreads() {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("scheduler-retry"))
                    .toList();
        }
    }

    @Nested
    class NotBlocking {

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

    /** A queue whose publications end as one future does. */
    private static final class AnsweringWith extends ForwardingMessageQueue {

        private final MessageQueue delegate;
        private final CompletableFuture<Void> answer;

        AnsweringWith(MessageQueue delegate, CompletableFuture<Void> answer) {
            this.delegate = delegate;
            this.answer = answer;
        }

        @Override
        protected MessageQueue delegate() {
            return delegate;
        }

        @Override
        public CompletableFuture<Void> publishAsync(QueueName queue, Message message) {
            return answer;
        }
    }

    private void awaitBackoff() {
        await().atMost(PROMPTLY).until(() -> !log.texts(Level.WARN).isEmpty());
    }

    private static Operation operation() {
        return Operation.on("publish", EMAILS, List.of(MESSAGE));
    }
}
