package io.scheduler.infrastructure.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageBuilder;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.Health;
import io.scheduler.core.queue.MessageSerializationException;
import io.scheduler.core.queue.QueueClosedException;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueRefusedException;
import io.scheduler.core.queue.QueueStats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InMemoryMessageQueueTest {

    private static final MessageType<String> NOTE = MessageType.of("note", String.class);
    private static final MessageType<Object> THING = MessageType.of("thing", Object.class);
    private static final QueueName NOTES = QueueName.of("notes");
    private static final QueueName OTHERS = QueueName.of("others");

    private final ManualClock clock = new ManualClock();
    private final InMemoryMessageQueue queue = InMemoryMessageQueue.builder(new TextCodec(), clock)
            .deduplicationWindow(Duration.ofMinutes(1))
            .maxPayloadSize(20)
            .build();

    @Nested
    class Publishing {

        @Test
        void aMessageIsStored() {
            queue.publish(NOTES, note("1").build());

            assertThat(queue.size(NOTES)).isEqualTo(1);
            assertThat(queue.size(OTHERS)).isZero();
        }

        @Test
        void theFutureOfAMessageIsCompleteAtOnce() {
            assertThat(queue.publishAsync(NOTES, note("1").build())).isCompleted();
            assertThat(queue.size(NOTES)).isEqualTo(1);
        }

        @Test
        void severalMessagesAreStoredTogether() {
            queue.publishAll(NOTES, List.of(note("1").build(), note("2").build()));

            assertThat(queue.size(NOTES)).isEqualTo(2);
        }

        @Test
        void anEmptyListDoesNothing() {
            queue.publishAll(NOTES, List.of());

            assertThat(queue.exists(NOTES)).isFalse();
        }

        @Test
        void whatHasNoJsonFormIsRefusedByName() {
            Message message = Message.builder(THING, 42).id("m-1").build();

            assertThatThrownBy(() -> queue.publish(NOTES, message))
                    .isInstanceOf(MessageSerializationException.class)
                    .hasMessage("Failed: publish on queue 'notes', message m-1: there is no JSON form of a Integer");
            assertThat(queue.exists(NOTES)).isFalse();
        }

        @Test
        void whatIsTooLargeIsRefusedWithItsSizeAndTheLimit() {
            Message message = Message.builder(NOTE, "x".repeat(19)).id("m-1").build();

            assertThatThrownBy(() -> queue.publish(NOTES, message))
                    .isInstanceOf(QueueRefusedException.class)
                    .hasMessageStartingWith("Failed: publish on queue 'notes', message m-1: ")
                    .hasMessageContaining("21 bytes, allowed are at most 20; raise maxPayloadSize");
            assertThat(queue.exists(NOTES)).isFalse();
        }

        @Test
        void aPayloadOfExactlyTheLimitIsStored() {
            queue.publish(NOTES, Message.of(NOTE, "x".repeat(18)));

            assertThat(queue.size(NOTES)).isEqualTo(1);
        }

        @Test
        void theDefaultLimitIsOneMebibyte() {
            InMemoryMessageQueue defaults = new InMemoryMessageQueue(new TextCodec(), clock);

            defaults.publish(NOTES, Message.of(NOTE, "x".repeat((1 << 20) - 2)));

            assertThatThrownBy(() -> defaults.publish(NOTES, Message.of(NOTE, "x".repeat((1 << 20) - 1))))
                    .isInstanceOf(QueueRefusedException.class);
        }

        @Test
        void oneBadMessageKeepsAllOthersOut() {
            List<Message> messages = List.of(
                    note("1").build(),
                    Message.builder(NOTE, "x".repeat(99)).id("2").build(),
                    note("3").build());

            assertThatThrownBy(() -> queue.publishAll(NOTES, messages))
                    .isInstanceOf(QueueRefusedException.class)
                    .hasMessageContaining("message 2");
            assertThat(queue.exists(NOTES)).isFalse();
        }

        @Test
        void whatIsWrongWithAMessageArrivesThroughTheFuture() {
            assertThat(queue.publishAsync(NOTES, Message.of(THING, 42)))
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withCauseInstanceOf(MessageSerializationException.class);
            assertThat(queue.publishAsync(NOTES, Message.of(NOTE, "x".repeat(99))))
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withCauseInstanceOf(QueueRefusedException.class);
        }

        @Test
        void nullIsThrownDirectly() {
            Message message = note("1").build();

            assertThatNullPointerException().isThrownBy(() -> queue.publish(null, message));
            assertThatNullPointerException().isThrownBy(() -> queue.publish(NOTES, null));
            assertThatNullPointerException().isThrownBy(() -> queue.publishAsync(null, message));
            assertThatNullPointerException().isThrownBy(() -> queue.publishAsync(NOTES, null));
            assertThatNullPointerException().isThrownBy(() -> queue.publishAll(NOTES, null));
            assertThatNullPointerException().isThrownBy(() -> queue.publishAll(null, List.of()));
            assertThatNullPointerException().isThrownBy(() -> queue.publishAll(NOTES, Arrays.asList(message, null)));
            assertThat(queue.exists(NOTES)).isFalse();
        }

        @Test
        void threadsDoNotLoseEachOthersMessages() {
            List<CompletableFuture<Void>> publishers = IntStream.range(0, 8)
                    .mapToObj(thread -> CompletableFuture.runAsync(() -> IntStream.range(0, 500)
                            .forEach(i -> queue.publish(
                                    NOTES,
                                    note(i % 2 == 0 ? thread + "-" + i : "shared-" + i)
                                            .build()))))
                    .toList();

            CompletableFuture.allOf(publishers.toArray(CompletableFuture[]::new))
                    .join();

            assertThat(queue.size(NOTES)).isEqualTo(8 * 250 + 250);
        }
    }

    @Nested
    class Deduplication {

        @Test
        void anIdThatWasSeenAddsNothing() {
            queue.publish(NOTES, note("1").build());
            clock.advance(Duration.ofMinutes(1).minusMillis(1));
            queue.publish(NOTES, note("1").build());

            assertThat(queue.size(NOTES)).isEqualTo(1);
        }

        @Test
        void anIdIsForgottenAfterTheWindow() {
            queue.publish(NOTES, note("1").build());
            clock.advance(Duration.ofMinutes(1));
            queue.publish(NOTES, note("1").build());

            assertThat(queue.size(NOTES)).isEqualTo(2);
        }

        @Test
        void anIdCountsOnceWithinOneList() {
            queue.publishAll(
                    NOTES,
                    List.of(note("1").build(), note("2").build(), note("1").build()));

            assertThat(queue.size(NOTES)).isEqualTo(2);
        }

        @Test
        void eachQueueRemembersItsOwnIds() {
            queue.publish(NOTES, note("1").build());
            queue.publish(OTHERS, note("1").build());

            assertThat(queue.size(OTHERS)).isEqualTo(1);
        }

        @Test
        void aRefusedMessageIsNotRemembered() {
            Message tooLarge = Message.builder(NOTE, "x".repeat(99)).id("1").build();
            assertThatThrownBy(() -> queue.publish(NOTES, tooLarge)).isInstanceOf(QueueRefusedException.class);

            queue.publish(NOTES, note("1").build());

            assertThat(queue.size(NOTES)).isEqualTo(1);
        }

        @Test
        void theDefaultWindowIsTwoMinutes() {
            InMemoryMessageQueue defaults = new InMemoryMessageQueue(new TextCodec(), clock);
            defaults.publish(NOTES, note("1").build());
            clock.advance(Duration.ofSeconds(119));
            defaults.publish(NOTES, note("1").build());
            assertThat(defaults.size(NOTES)).isEqualTo(1);
            clock.advance(Duration.ofSeconds(1));
            defaults.publish(NOTES, note("1").build());

            assertThat(defaults.size(NOTES)).isEqualTo(2);
        }
    }

    @Nested
    class Administration {

        @Test
        void creatingTellsWhetherItWasNew() {
            assertThat(queue.create(NOTES)).isTrue();
            assertThat(queue.create(NOTES)).isFalse();
            assertThat(queue.exists(NOTES)).isTrue();
        }

        @Test
        void publishingCreates() {
            queue.publish(NOTES, note("1").build());

            assertThat(queue.exists(NOTES)).isTrue();
            assertThat(queue.create(NOTES)).isFalse();
        }

        @Test
        void askingDoesNotCreate() {
            queue.stats(NOTES);
            queue.size(NOTES);
            queue.purge(NOTES);

            assertThat(queue.exists(NOTES)).isFalse();
        }

        @Test
        void deletingTakesTheMessagesAndTheMemoryOfThem() {
            queue.publish(NOTES, note("1").build());

            assertThat(queue.delete(NOTES)).isTrue();
            assertThat(queue.delete(NOTES)).isFalse();
            assertThat(queue.exists(NOTES)).isFalse();
            assertThat(queue.stats(NOTES)).isEqualTo(QueueStats.EMPTY);

            queue.publish(NOTES, note("1").build());
            assertThat(queue.size(NOTES)).isEqualTo(1);
        }

        @Test
        void purgingTakesWhatWaitsAndKeepsTheQueueAndTheIds() {
            queue.publish(NOTES, note("1").build());
            queue.publish(NOTES, note("2").notBefore(inSeconds(5)).build());

            assertThat(queue.purge(NOTES)).isEqualTo(2);
            assertThat(queue.purge(NOTES)).isZero();
            assertThat(queue.exists(NOTES)).isTrue();

            queue.publish(NOTES, note("1").build());
            queue.publish(NOTES, note("2").build());
            assertThat(queue.size(NOTES)).isZero();
        }

        @Test
        void itIsAlwaysUp() {
            assertThat(queue.health()).isEqualTo(new Health(true, Duration.ZERO, Map.of(), List.of()));
        }
    }

    @Nested
    class Delays {

        @Test
        void aMessageIsDelayedUntilItsTimeHasCome() {
            queue.publish(NOTES, note("1").notBefore(inSeconds(10)).build());

            clock.advance(Duration.ofSeconds(10).minusNanos(1));
            assertThat(queue.stats(NOTES)).isEqualTo(new QueueStats(0, 1, 0, 0, 0, Optional.empty()));
            clock.advance(Duration.ofNanos(1));
            assertThat(queue.stats(NOTES)).isEqualTo(new QueueStats(1, 0, 0, 0, 0, Optional.of(Duration.ZERO)));
            assertThat(queue.size(NOTES)).isEqualTo(1);
        }

        @Test
        void aTimeThatHasPassedMeansAtOnce() {
            queue.publish(NOTES, note("1").notBefore(inSeconds(-10)).build());

            assertThat(queue.stats(NOTES)).isEqualTo(new QueueStats(1, 0, 0, 0, 0, Optional.of(Duration.ZERO)));
        }

        @Test
        void theAgeCountsFromWhenTheOldestBecameReady() {
            queue.publish(NOTES, note("delayed").notBefore(inSeconds(3)).build());
            clock.advance(Duration.ofSeconds(5));
            queue.publish(NOTES, note("late").build());
            clock.advance(Duration.ofSeconds(1));

            assertThat(queue.stats(NOTES)).isEqualTo(new QueueStats(2, 0, 0, 0, 0, Optional.of(Duration.ofSeconds(3))));
        }
    }

    @Nested
    class Closing {

        @Test
        void afterItEveryCallThrows() {
            queue.publish(NOTES, note("1").build());
            queue.close();

            List<ThrowingCallable> calls = List.of(
                    () -> queue.publish(NOTES, note("2").build()),
                    () -> queue.publishAll(NOTES, List.of()),
                    () -> queue.publish(NOTES, Message.of(THING, 42)),
                    () -> queue.create(NOTES),
                    () -> queue.exists(NOTES),
                    () -> queue.delete(NOTES),
                    () -> queue.purge(NOTES),
                    () -> queue.stats(NOTES),
                    () -> queue.size(NOTES),
                    queue::health);
            assertThat(new ArrayList<>(calls))
                    .allSatisfy(call -> assertThatThrownBy(call).isInstanceOf(QueueClosedException.class));
            assertThat(queue.publishAsync(NOTES, note("2").build()))
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withCauseInstanceOf(QueueClosedException.class);
        }

        @Test
        void closingAgainDoesNothing() {
            queue.close();

            assertThatNoException().isThrownBy(queue::close);
        }
    }

    @Nested
    class Settings {

        @ParameterizedTest
        @ValueSource(strings = {"PT0S", "PT-1S"})
        void aWindowOfNothingIsRefused(Duration window) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            InMemoryMessageQueue.builder(new TextCodec(), clock).deduplicationWindow(window))
                    .withMessage("Invalid deduplicationWindow " + window + ": allowed are durations longer than zero");
        }

        @ParameterizedTest
        @ValueSource(ints = {0, -1})
        void aLimitOfNothingIsRefused(int bytes) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            InMemoryMessageQueue.builder(new TextCodec(), clock).maxPayloadSize(bytes))
                    .withMessage("Invalid maxPayloadSize " + bytes + ": allowed is 1 byte and more");
        }
    }

    private static MessageBuilder note(String id) {
        return Message.builder(NOTE, "text").id(id);
    }

    private Instant inSeconds(int seconds) {
        return clock.instant().plusSeconds(seconds);
    }
}
