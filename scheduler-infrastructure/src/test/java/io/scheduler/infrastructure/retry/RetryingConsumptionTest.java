package io.scheduler.infrastructure.retry;

import static io.scheduler.infrastructure.retry.Failures.refused;
import static io.scheduler.infrastructure.retry.Failures.unavailable;
import static io.scheduler.infrastructure.retry.Failures.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.DeadLetter;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.ForwardingMessageQueue;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueClosedException;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueRefusedException;
import io.scheduler.core.queue.QueueStats;
import io.scheduler.core.queue.QueueUnavailableException;
import io.scheduler.infrastructure.memory.InMemoryMessageQueue;
import io.scheduler.infrastructure.memory.ManualClock;
import io.scheduler.infrastructure.memory.TextCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.ToLongBiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The timeout ends, by interrupt, what would otherwise wait for an hour. */
@Timeout(15)
class RetryingConsumptionTest {

    private static final MessageType<String> EMAIL = MessageType.of("email.send", String.class);
    private static final QueueName EMAILS = QueueName.of("emails");
    private static final RetryOptions QUICK = RetryOptions.of(3, Duration.ofMillis(1));

    /** Nobody waits for this delay to end: a test that has to, fails. */
    private static final RetryOptions ENDLESS = RetryOptions.of(3, Duration.ofHours(1));

    private static final Duration PROMPTLY = Duration.ofSeconds(10);
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final CapturedLog log = CapturedLog.of(RetryingMessageQueue.class, Level.INFO);
    private final ManualClock clock = new ManualClock();
    private final MessageQueue memory =
            InMemoryMessageQueue.builder(new TextCodec(), clock).lease(LEASE).build();
    private final FaultyMessageQueue faulty = new FaultyMessageQueue(memory);
    private final RetryingMessageQueue queue = new RetryingMessageQueue(faulty, QUICK);

    @AfterEach
    void close() {
        queue.close();
        log.close();
    }

    @Nested
    class Receiving {

        @Test
        void isRepeatedUntilItIsDone() {
            publish("1");
            faulty.failBefore(unavailable("no connection")).failBefore(unknown("no answer"));

            Delivery delivery = received();

            assertThat(delivery.message().id()).isEqualTo("1");
            assertThat(delivery.queue()).isEqualTo(EMAILS);
            assertThat(delivery.attempt()).isEqualTo(1);
            assertThat(faulty.calls()).isEqualTo(3);
            assertThat(log.texts(Level.WARN)).hasSize(2);
        }

        @Test
        void bringsBackWithTheLeaseWhatAnAttemptTookWhoseAnswerWasLost() {
            publish("1");
            faulty.failAfter(unknown("no answer"));

            assertThat(queue.receive(EMAILS, 1, Duration.ZERO)).isEmpty();

            clock.advance(LEASE);
            assertThat(received().attempt()).isEqualTo(2);
        }

        @Test
        void waitsOnlyForWhatIsLeftOfTheTime() {
            List<Duration> waits = new ArrayList<>();
            MessageQueue broken = new ForwardingMessageQueue() {
                @Override
                protected MessageQueue delegate() {
                    return faulty;
                }

                @Override
                public List<Delivery> receive(QueueName name, int maxDeliveries, Duration maxWait) {
                    waits.add(maxWait);
                    faulty.failBefore(unavailable("no connection"));
                    return super.receive(name, maxDeliveries, maxWait);
                }
            };

            MessageQueue patient = new RetryingMessageQueue(broken, RetryOptions.of(2, Duration.ofMillis(20)));

            // Delays of 10 ms at least, so nothing is left of the short time.
            for (Duration maxWait : List.of(Duration.ofHours(1), Duration.ofMillis(5))) {
                assertThatThrownBy(() -> patient.receive(EMAILS, 1, maxWait))
                        .isInstanceOf(QueueUnavailableException.class);
            }

            assertThat(waits).hasSize(4);
            assertThat(waits.get(0)).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
            assertThat(waits.get(1))
                    .isBetween(Duration.ofMinutes(59), waits.get(0).minusMillis(10));
            assertThat(waits.get(3)).isZero();
        }

        @Test
        void isGivenUpWithTheWholeStory() {
            Stream.of(1, 2, 3).forEach(i -> faulty.failBefore(unavailable("no connection")));

            assertThatThrownBy(() -> queue.receive(EMAILS, 1, Duration.ZERO))
                    .isInstanceOf(QueueUnavailableException.class)
                    .hasMessageStartingWith("Failed: receive on queue 'emails': gave up after 3 attempts");
        }

        @Test
        void isNotRepeatedIfItWasRefused() {
            faulty.failBefore(refused("no permission"));

            assertThatThrownBy(() -> queue.receive(EMAILS, 1, Duration.ZERO)).isInstanceOf(QueueRefusedException.class);
            assertThat(faulty.calls()).isEqualTo(1);
        }

        @Test
        void refusesNonsenseBeforeAnythingIsAsked() {
            assertThatIllegalArgumentException().isThrownBy(() -> queue.receive(EMAILS, 0, Duration.ZERO));
            assertThatIllegalArgumentException().isThrownBy(() -> queue.receive(EMAILS, 1, Duration.ofMillis(-1)));
            assertThat(faulty.calls()).isZero();
        }

        @Test
        void endsAsClosedIfTheQueueIsClosedBetweenTwoAttempts() {
            RetryingMessageQueue endless = new RetryingMessageQueue(faulty, ENDLESS);
            faulty.failBefore(unavailable("no connection"));
            CompletableFuture<Throwable> error = new CompletableFuture<>();
            new Thread(() -> error.complete(catchThrowable(() -> endless.receive(EMAILS, 1, PROMPTLY)))).start();
            await().atMost(PROMPTLY).until(() -> !log.texts(Level.WARN).isEmpty());

            endless.close();

            assertThat(error).succeedsWithin(PROMPTLY).isInstanceOf(QueueClosedException.class);
            assertThat(error.join().getSuppressed()).hasExactlyElementsOfTypes(QueueUnavailableException.class);
        }

        @Test
        void endsWithAnInterruptAndKeepsTheFlag() {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> queue.receive(EMAILS, 1, PROMPTLY)).isInstanceOf(OutcomeUnknownException.class);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(faulty.calls()).isEqualTo(1);
        }
    }

    /** What can be done with a delivery, and how one sees that it was. */
    enum Settlement {
        ACK(Delivery::ack, stats -> stats.size() == 0),
        NACK(Delivery::nack, stats -> stats.ready() == 1),
        NACK_LATER(delivery -> delivery.nack(Duration.ofMinutes(1)), stats -> stats.delayed() == 1),
        RELEASE(Delivery::release, stats -> stats.ready() == 1),
        REJECT(delivery -> delivery.reject("no such address"), stats -> stats.dead() == 1);

        private final Predicate<Delivery> call;
        private final Predicate<QueueStats> done;

        Settlement(Predicate<Delivery> call, Predicate<QueueStats> done) {
            this.call = call;
            this.done = done;
        }
    }

    @Nested
    class Settling {

        @ParameterizedTest
        @EnumSource
        void isRepeatedUntilItIsDone(Settlement settlement) {
            publish("1");
            Delivery delivery = received();
            faulty.failBefore(unavailable("no connection")).failBefore(unknown("no answer"));

            assertThat(settlement.call.test(delivery)).isTrue();

            assertThat(settlement.done).accepts(memory.stats(EMAILS));
            assertThat(faulty.calls()).isEqualTo(1 + 3);
        }

        @ParameterizedTest
        @EnumSource
        void mayBeDoneAndAnswerFalse(Settlement settlement) {
            publish("1");
            Delivery delivery = received();
            faulty.failAfter(unknown("no answer"));

            assertThat(settlement.call.test(delivery)).isFalse();

            assertThat(settlement.done).accepts(memory.stats(EMAILS));
        }

        @Test
        void includesTheLease() {
            publish("1");
            Delivery delivery = received();
            clock.advance(LEASE.minusMillis(1));
            faulty.failBefore(unavailable("no connection")).failAfter(unknown("no answer"));

            assertThat(delivery.extendLease()).isTrue();

            clock.advance(LEASE.minusMillis(1));
            assertThat(delivery.ack()).isTrue();
        }

        @Test
        void isToldWithItsMessageWhenItIsGivenUp() {
            publish("1");
            Delivery delivery = received();
            Stream.of(1, 2, 3).forEach(i -> faulty.failBefore(unavailable("no connection")));

            assertThatThrownBy(delivery::ack)
                    .isInstanceOf(QueueUnavailableException.class)
                    .hasMessageStartingWith("Failed: ack on queue 'emails', message 1: gave up after 3 attempts");
            assertThat(memory.stats(EMAILS).inFlight()).isEqualTo(1);
        }
    }

    @Nested
    class AcknowledgingMany {

        @Test
        void isRepeatedUntilItIsDone() {
            publish("1", "2");
            List<Delivery> deliveries = queue.receive(EMAILS, 2, Duration.ZERO);
            faulty.failBefore(unavailable("no connection")).failBefore(unknown("no answer"));

            assertThat(queue.ackAll(deliveries)).isEmpty();

            assertThat(memory.size(EMAILS)).isZero();
            assertThat(faulty.calls()).isEqualTo(1 + 3);
        }

        @Test
        void givesTheCallersOwnDeliveriesForThoseThatAreStale() {
            publish("1", "2", "3");
            List<Delivery> deliveries = queue.receive(EMAILS, 3, Duration.ZERO);
            deliveries.get(1).nack();

            List<Delivery> stale = queue.ackAll(deliveries);

            assertThat(stale).hasSize(1);
            assertThat(stale.get(0)).isSameAs(deliveries.get(1));
        }

        @Test
        void mayBeDoneAndCallAllOfThemStale() {
            publish("1", "2");
            List<Delivery> deliveries = queue.receive(EMAILS, 2, Duration.ZERO);
            faulty.failAfter(unknown("no answer"));

            assertThat(queue.ackAll(deliveries)).containsExactlyElementsOf(deliveries);
            assertThat(memory.size(EMAILS)).isZero();
        }

        @Test
        void refusesDeliveriesOfOtherQueueObjects() {
            publish("1", "2", "3");
            Delivery ours = received();
            Delivery bare = faulty.receive(EMAILS, 1, Duration.ZERO).get(0);
            RetryingMessageQueue other = new RetryingMessageQueue(faulty, QUICK);
            Delivery others = other.receive(EMAILS, 1, Duration.ZERO).get(0);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> queue.ackAll(List.of(ours, bare)))
                    .withMessageStartingWith("Not a delivery of this queue object: ");
            assertThatIllegalArgumentException().isThrownBy(() -> queue.ackAll(List.of(ours, others)));
            assertThat(memory.stats(EMAILS).inFlight()).isEqualTo(3);
        }
    }

    @Nested
    class DeadLetters {

        @ParameterizedTest
        @MethodSource("io.scheduler.infrastructure.retry.RetryingConsumptionTest#deadLetterCalls")
        void areAskedForUntilThereIsAnAnswer(ToLongBiFunction<MessageQueue, String> call) {
            bury("1");
            String id = memory.deadLetters(EMAILS, 1).get(0).id();
            faulty.failBefore(unavailable("no connection")).failBefore(unknown("no answer"));

            assertThat(call.applyAsLong(queue, id)).isEqualTo(1);
            assertThat(faulty.calls()).isEqualTo(3);
        }

        @Test
        void mayComeBackInGreaterNumberThanAskedFor() {
            bury("1", "2", "3");
            faulty.failAfter(unknown("no answer"));

            assertThat(queue.redrive(EMAILS, 1)).isEqualTo(1);

            assertThat(memory.stats(EMAILS).ready()).isEqualTo(2);
        }

        @Test
        void thatAreNamedComeBackAlone() {
            bury("1", "2", "3");
            List<String> ids =
                    memory.deadLetters(EMAILS, 1).stream().map(DeadLetter::id).toList();
            faulty.failAfter(unknown("no answer"));

            assertThat(queue.redrive(EMAILS, ids)).isZero();

            assertThat(memory.stats(EMAILS).ready()).isEqualTo(1);
            assertThat(memory.stats(EMAILS).dead()).isEqualTo(2);
        }
    }

    static Stream<ToLongBiFunction<MessageQueue, String>> deadLetterCalls() {
        return Stream.of(
                (queue, id) -> queue.deadLetters(EMAILS, 10).size(),
                (queue, id) -> queue.deadLetters(EMAILS, "", 10).size(),
                (queue, id) -> queue.redrive(EMAILS, 10),
                (queue, id) -> queue.redrive(EMAILS, List.of(id)),
                (queue, id) -> queue.purgeDeadLetters(EMAILS));
    }

    private void publish(String... ids) {
        for (String id : ids) {
            memory.publish(EMAILS, Message.builder(EMAIL, "secret").id(id).build());
        }
    }

    private void bury(String... ids) {
        publish(ids);
        memory.receive(EMAILS, ids.length, Duration.ZERO).forEach(delivery -> delivery.reject("of no use"));
    }

    private Delivery received() {
        List<Delivery> deliveries = queue.receive(EMAILS, 1, Duration.ZERO);
        assertThat(deliveries).hasSize(1);
        return deliveries.get(0);
    }
}
