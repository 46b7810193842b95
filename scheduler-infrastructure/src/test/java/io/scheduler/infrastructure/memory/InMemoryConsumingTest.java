package io.scheduler.infrastructure.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.awaitility.Awaitility.await;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.DeadLetter;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueClosedException;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueStats;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What this adapter promises beyond the contract: exact times, what is counted, what is shared. */
@Timeout(30)
class InMemoryConsumingTest {

    private static final MessageType<String> NOTE = MessageType.of("note", String.class);
    private static final QueueName NOTES = QueueName.of("notes");
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration PROMPTLY = Duration.ofSeconds(10);

    private final ManualClock clock = new ManualClock();
    private final InMemoryBroker broker = new InMemoryBroker(clock);
    private final InMemoryMessageQueue queue = open(LEASE, 3);

    @Nested
    class Time {

        @Test
        void aLeaseLastsToTheNanosecond() {
            publish("1");
            Delivery delivery = take();

            clock.advance(LEASE.minusNanos(1));
            assertThat(received()).isEmpty();
            assertThat(delivery.extendLease()).isTrue();
            clock.advance(LEASE.minusNanos(1));
            assertThat(received()).isEmpty();
            clock.advance(Duration.ofNanos(1));
            assertThat(delivery.ack()).isFalse();
            assertThat(received()).containsExactly("1");
        }

        @Test
        void aDelayLastsToTheNanosecond() {
            publish("1");
            take().nack(Duration.ofNanos(5));

            clock.advance(Duration.ofNanos(4));
            assertThat(received()).isEmpty();
            clock.advance(Duration.ofNanos(1));
            assertThat(received()).containsExactly("1");
        }

        @Test
        void whatEndedMeanwhileTakesEffectInTheOrderOfItsTimesAndBeforeWhatComesNow() {
            publish("lease-until-10s");
            Delivery held = take();
            publish("nack-until-12s");
            take().nack(Duration.ofSeconds(12));
            publishNotBefore("delay-until-11s", Duration.ofSeconds(11));
            publishNotBefore("delay-until-9s", Duration.ofSeconds(9));
            clock.advance(Duration.ofMinutes(1));
            publish("published-at-60s");

            assertThat(received())
                    .containsExactly(
                            "delay-until-9s",
                            "lease-until-10s",
                            "delay-until-11s",
                            "nack-until-12s",
                            "published-at-60s");
            assertThat(held.ack()).isFalse();
        }

        @Test
        void theAgeOfWhatComesBackCountsFromTheEndOfItsLease() {
            publish("1");
            take();
            clock.advance(LEASE.plusSeconds(4));

            assertThat(queue.stats(NOTES)).isEqualTo(new QueueStats(1, 0, 0, 0, 1, Optional.of(Duration.ofSeconds(4))));
        }

        @Test
        void aMessageWhoseLastLeaseHasEndedDiedThenAndIsDeadForWhoeverLooks() {
            publish("1");
            IntStream.range(0, 3).forEach(i -> {
                take();
                clock.advance(LEASE);
            });
            Instant end = clock.instant();
            clock.advance(Duration.ofHours(1));

            assertThat(queue.stats(NOTES)).isEqualTo(new QueueStats(0, 0, 0, 1, 1, Optional.empty()));
            DeadLetter letter = letter();
            assertThat(letter.diedAt()).isEqualTo(end);
            assertThat(letter.attempts()).isEqualTo(3);
            assertThat(letter.reason()).isEqualTo("Not settled within its lease at the last of 3 attempts");
        }

        @Test
        void turningTheClockWakesWhoeverWaits() {
            publishNotBefore("1", Duration.ofHours(1));
            CompletableFuture<List<Delivery>> received = new CompletableFuture<>();
            Thread waiting = new Thread(() -> received.complete(queue.receive(NOTES, 1, PROMPTLY)));
            waiting.start();
            await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

            clock.advance(Duration.ofHours(1));

            assertThat(received)
                    .succeedsWithin(PROMPTLY.dividedBy(2))
                    .asInstanceOf(LIST)
                    .hasSize(1);
        }

        @Test
        void thePatienceOfAReceiveIsRealTime() {
            long started = System.nanoTime();

            assertThat(queue.receive(NOTES, 1, Duration.ofMillis(30))).isEmpty();

            assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(Duration.ofMillis(30));
        }
    }

    @Nested
    class Sharing {

        @Test
        void theUnsettledMessagesOfAClosedQueueObjectComeToAnother() {
            InMemoryMessageQueue leaving = open(LEASE, 3);
            publish("1");
            Delivery lost = leaving.receive(NOTES, 1, Duration.ZERO).get(0);
            leaving.close();

            assertThat(received()).isEmpty();
            clock.advance(LEASE);

            assertThat(take().attempt()).isEqualTo(2);
            assertThatThrownBy(lost::ack).isInstanceOf(QueueClosedException.class);
        }

        @Test
        void theTermsOfALeaseAreThoseOfTheQueueObjectThatTookIt() {
            InMemoryMessageQueue hasty = open(Duration.ofSeconds(1), 1);
            publish("1", "2");
            Delivery lasting = take();
            hasty.receive(NOTES, 1, Duration.ZERO);

            clock.advance(Duration.ofSeconds(1));

            assertThat(queue.stats(NOTES).dead()).isEqualTo(1);
            assertThat(lasting.ack()).isTrue();
        }

        @Test
        void consumersAreQueueObjectsThatHaveReceivedAndAreOpen() {
            InMemoryMessageQueue other = open(LEASE, 3);
            publish("1");
            assertThat(consumers()).isZero();

            queue.receive(NOTES, 1, Duration.ZERO);
            queue.receive(NOTES, 1, Duration.ZERO);
            assertThat(consumers()).isEqualTo(1);
            other.receive(NOTES, 1, Duration.ZERO);
            assertThat(consumers()).isEqualTo(2);

            other.close();
            assertThat(consumers()).isEqualTo(1);
            queue.delete(NOTES);
            assertThat(consumers()).isZero();
        }

        @Test
        void brokersShareNothing() {
            MessageQueue elsewhere = new InMemoryMessageQueue(new TextCodec(), clock);
            publish("1");

            assertThat(elsewhere.exists(NOTES)).isFalse();
        }

        private int consumers() {
            return queue.stats(NOTES).consumers();
        }
    }

    @Nested
    class Settling {

        @Test
        void aDeliveryOutOfADeletedQueueCannotSettleAMessageOfTheNextOne() {
            publish("1");
            Delivery before = take();
            queue.delete(NOTES);
            publish("1");
            Delivery after = take();

            assertThat(before.ack()).isFalse();
            assertThat(before.nack()).isFalse();
            assertThat(before.reject("of no use")).isFalse();
            assertThat(before.extendLease()).isFalse();
            assertThat(after.ack()).isTrue();
        }

        @Test
        void whatWasHandedBackGoesToTheEndOfTheQueue() {
            publish("1", "2");
            take().nack();

            assertThat(received()).containsExactly("2", "1");
        }

        @Test
        void theHighestRetryCountStaysWhatItIs() {
            Message message = Message.of(NOTE, "text").withRetryCount(Integer.MAX_VALUE);
            queue.publish(NOTES, message);

            assertThat(take().nack()).isTrue();

            assertThat(take().message().retryCount()).isEqualTo(Integer.MAX_VALUE);
        }

        @Test
        void handingBackTheLastAttemptIsGivingUp() {
            publish("1");
            take().nack();
            take().nack();
            take().nack(Duration.ofHours(1));

            assertThat(letter().reason()).isEqualTo("Handed back 3 times, which is as often as a message is tried");
            assertThat(letter().diedAt()).isEqualTo(clock.instant());
        }

        @Test
        void aDeadLetterHasTheMessageInPartsAndArraysOfItsOwn() {
            publish("1");
            take().reject("of no use");

            Map<String, byte[]> fields = letter().fields();
            assertThat(fields).containsOnlyKeys("message_id", "type", "payload");
            assertThat(fields.get("message_id")).asString().isEqualTo("1");
            assertThat(fields.get("type")).asString().isEqualTo("note");
            assertThat(fields.get("payload")).asString().isEqualTo("\"text\"");

            fields.get("payload")[1] = 'n';
            assertThat(letter().fields().get("payload")).asString().isEqualTo("\"text\"");
        }

        @Test
        void aDeliveryIsShownWithoutItsContent() {
            publish("1");

            assertThat(take()).hasToString("InMemoryDelivery[queue=notes, message=1, attempt=1]");
        }
    }

    @Nested
    class Settings {

        @Test
        void theDefaultsAreThoseThatAreDocumented() {
            MessageQueue defaults = new InMemoryMessageQueue(new TextCodec(), clock);
            defaults.publish(NOTES, Message.of(NOTE, "text"));

            for (int attempt = 1; attempt <= 10; attempt++) {
                Delivery delivery = defaults.receive(NOTES, 1, Duration.ZERO).get(0);
                assertThat(delivery.attempt()).isEqualTo(attempt);
                clock.advance(Duration.ofSeconds(30).minusNanos(1));
                assertThat(delivery.extendLease()).isTrue();
                clock.advance(Duration.ofSeconds(30));
            }

            assertThat(defaults.stats(NOTES).dead()).isEqualTo(1);
        }

        @Test
        void whatIsOutOfRangeIsRefused() {
            InMemoryMessageQueueBuilder builder = InMemoryMessageQueue.builder(new TextCodec(), broker);

            for (Duration lease : List.of(
                    Duration.ZERO, Duration.ofNanos(-1), Duration.ofDays(3650).plusNanos(1))) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> builder.lease(lease))
                        .withMessage(
                                "Invalid lease " + lease + ": allowed are durations longer than zero, up to 3650 days");
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.maxAttempts(0))
                    .withMessage("Invalid maxAttempts 0: it must be at least 1");
        }

        @Test
        void theClockTurnsForwardOnly() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> clock.advance(Duration.ofNanos(-1)))
                    .withMessageContaining("time does not run backwards");
            assertThat(new ManualClock(Instant.EPOCH)).hasToString("ManualClock[1970-01-01T00:00:00Z]");
        }
    }

    private InMemoryMessageQueue open(Duration lease, int maxAttempts) {
        return InMemoryMessageQueue.builder(new TextCodec(), broker)
                .lease(lease)
                .maxAttempts(maxAttempts)
                .build();
    }

    private void publish(String... ids) {
        for (String id : ids) {
            queue.publish(NOTES, Message.builder(NOTE, "text").id(id).build());
        }
    }

    private void publishNotBefore(String id, Duration delay) {
        queue.publish(
                NOTES,
                Message.builder(NOTE, "text")
                        .id(id)
                        .notBefore(clock.instant().plus(delay))
                        .build());
    }

    private Delivery take() {
        return queue.receive(NOTES, 1, Duration.ZERO).get(0);
    }

    private List<String> received() {
        return queue.receive(NOTES, 100, Duration.ZERO).stream()
                .map(delivery -> delivery.message().id())
                .toList();
    }

    private DeadLetter letter() {
        return queue.deadLetters(NOTES, 1).get(0);
    }
}
