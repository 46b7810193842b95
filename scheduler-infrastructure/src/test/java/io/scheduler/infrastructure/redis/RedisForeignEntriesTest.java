package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.DeadLetter;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.QueueRefusedException;
import io.scheduler.infrastructure.json.JacksonMessageCodec;
import io.scheduler.infrastructure.json.JacksonPayloadCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** Entries, members and letters that strangers wrote: they are kept, and stop nobody. */
@ParameterizedClass
@MethodSource("binaries")
class RedisForeignEntriesTest extends ConsumingOnRedis {

    @Test
    void aStrangersEntriesGoToTheDeadLettersAsTheyAreAndStopNobody() {
        try (RedisMessageQueue queue = open(config())) {
            byte[] bytes = {0, (byte) 0xff, '\n', 'x'};
            redis.call("XADD", "emails", "*", "foo", bytes, "foo", "twice");
            redis.call("XADD", "emails", "*", "message_id", "m-1", "data", "{broken");
            redis.call("XADD", "emails", "*", "data", "{}", "retry_count", "many");
            publish(queue, 1);

            assertThat(queue.receive(EMAILS, 10, LONG)).hasSize(1);

            List<DeadLetter> dead = queue.deadLetters(EMAILS, 10);
            assertThat(dead).hasSize(3).allSatisfy(letter -> {
                assertThat(letter.message()).isEmpty();
                assertThat(letter.reason()).startsWith("Unreadable: ").doesNotContain("broken");
                assertThat(letter.attempts()).isEqualTo(1);
            });
            assertThat(dead.get(1).fields().get("data"))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("{broken");
            assertThat(redis.call("XRANGE", "{emails}:dead", "-", "+").toString())
                    .contains("foo, twice");
        }
    }

    static Stream<Arguments> hostileData() {
        byte[] invalid = data("m-1").replace("\"x\"", "\"\u00ff\"").getBytes(StandardCharsets.ISO_8859_1);
        String deep = "[".repeat(1_000) + "]".repeat(1_000);
        return Stream.of(
                Arguments.of("invalid UTF-8", invalid),
                Arguments.of("broken JSON", "{\"message_id\":".getBytes(StandardCharsets.UTF_8)),
                Arguments.of("1,000 levels", bytes(data("m-1").replace("\"x\"", deep))),
                Arguments.of("larger than the limit", bytes(data("m-1").replace("x", "x".repeat(5_000_000)))),
                Arguments.of("no bytes", new byte[0]));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileData")
    void dataThatCannotBeReadIsKeptByteForByteAndStopsNobody(String kind, byte[] hostile) {
        JacksonMessageCodec limited =
                new JacksonMessageCodec(new JacksonPayloadCodec(JsonMapper.builder(JsonFactory.builder()
                                .streamReadConstraints(StreamReadConstraints.builder()
                                        .maxDocumentLength(100_000)
                                        .maxNestingDepth(200)
                                        .build())
                                .streamWriteConstraints(StreamWriteConstraints.builder()
                                        .maxNestingDepth(200)
                                        .build())
                                .build())
                        .build()));
        try (RedisMessageQueue queue = RedisMessageQueue.open(config().build(), limited)) {
            redis.call("XADD", "emails", "*", "message_id", "m-1", "data", hostile);
            publish(queue, 1);

            assertThat(queue.receive(EMAILS, 10, LONG)).hasSize(1);

            DeadLetter letter = queue.deadLetters(EMAILS, 10).get(0);
            assertThat(letter.message()).isEmpty();
            assertThat(letter.reason()).as(kind).startsWith("Unreadable: ").hasSizeLessThan(1_001);
            assertThat(letter.fields().get("data")).isEqualTo(hostile);
            assertThat(queue.redrive(EMAILS, 1)).isEqualTo(1);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void anEntryWithThousandsOfFieldsStopsNobody() {
        try (RedisMessageQueue queue = open(config().lease(SHORT))) {
            List<Object> monster = new ArrayList<>(List.of("XADD", "emails", "*"));
            for (int i = 0; i < 5_000; i++) {
                monster.addAll(List.of("field" + i, "x"));
            }
            redis.call(monster.toArray());
            publish(queue, 1);

            assertThat(queue.receive(EMAILS, 10, LONG)).hasSize(1);
            assertThat(queue.stats(EMAILS).dead()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "junk",
                "[1]",
                "{\"a\":1}",
                "[\"p\",\"a\",null]",
                "[\"p\",\"a\",[1]]",
                "[\"p\",\"a\",true]",
                "[\"p\",\"a\"]"
            })
    void aMemberOfTheDelayedSetThatIsNoEntryStopsNobody(String member) {
        try (RedisMessageQueue queue = open(config().lease(SHORT))) {
            publish(queue, 1);
            queue.receive(EMAILS, 1, LONG);
            redis.call("ZADD", "{emails}:delayed", 1, member);
            queue.publish(
                    EMAILS,
                    Message.builder(NOTE, "x")
                            .notBefore(Instant.now().plusMillis(100))
                            .build());

            // The delayed one, and the one whose lease ends.
            assertThat(queue.receive(EMAILS, 1, LONG)).hasSize(1);
            assertThat(queue.receive(EMAILS, 1, LONG)).hasSize(1);
            assertThat(queue.stats(EMAILS).dead()).isEqualTo(1);
            assertThat(redis.number("ZCARD", "{emails}:delayed")).isZero();
        }
    }

    @Test
    void aMemberOfTheDelayedSetWithThousandsOfFieldsStopsNobody() {
        try (RedisMessageQueue queue = open(config())) {
            redis.call("ZADD", "{emails}:delayed", 1, "[" + "\"x\",".repeat(9_000) + "\"x\"]");
            publish(queue, 1);

            assertThat(queue.receive(EMAILS, 1, LONG)).hasSize(1);
            await().until(() -> queue.stats(EMAILS).dead() == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999", "1.5", "nan", "-7", ""})
    void countsThatAreNoneSpoilNothing(String attempts) {
        try (RedisMessageQueue queue = open(config())) {
            redis.call("XADD", "emails", "*", "attempts", attempts);

            assertThat(queue.receive(EMAILS, 1, Duration.ZERO)).isEmpty();

            DeadLetter letter = queue.deadLetters(EMAILS, 10).get(0);
            assertThat(letter.attempts()).isPositive();
            // Its only field is the one that redriving takes off: it goes back as it is.
            assertThat(queue.redrive(EMAILS, 10)).isEqualTo(1);
            assertThat(redis.call("XRANGE", "emails", "-", "+").toString()).contains("attempts, " + attempts);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999", "9999999999", "1.5", "nan", "-7", ""})
    void aMessageWhoseCountsAreNoneIsUnreadable(String count) {
        try (RedisMessageQueue queue = open(config())) {
            redis.call("XADD", "emails", "*", "message_id", "m-1", "data", data("m-1"), "attempts", count);
            redis.call("XADD", "emails", "*", "message_id", "m-2", "data", data("m-2"), "retry_count", count);

            assertThat(queue.receive(EMAILS, 10, Duration.ZERO)).isEmpty();

            assertThat(queue.deadLetters(EMAILS, 10))
                    .extracting(DeadLetter::reason)
                    .satisfiesExactly(
                            first -> assertThat(first).startsWith("Unreadable: its field 'attempts' is "),
                            second -> assertThat(second).startsWith("Unreadable: its field 'retry_count' is "));
        }
    }

    @Test
    void aStrangersDeadLetterIsListedAndPutBack() {
        try (RedisMessageQueue queue = open(config())) {
            redis.call("XADD", "{emails}:dead", "*", "a", "1");
            redis.call("XADD", "{emails}:dead", "*", "dead_reason", "x", "dead_at", "then", "dead_attempts", "some");

            List<DeadLetter> letters = queue.deadLetters(EMAILS, 10);

            assertThat(letters).hasSize(2);
            assertThat(letters.get(0).fields()).containsOnlyKeys("a");
            assertThat(queue.redrive(EMAILS, 10)).isEqualTo(2);
        }
    }

    @Test
    void aNameThatIsRepeatedIsCountedOnce() {
        try (RedisMessageQueue queue = open(config())) {
            redis.call("XADD", "emails", "*", "attempts", 1, "data", data("m-1"), "attempts", 1, "attempts", 5);

            Delivery first = queue.receive(EMAILS, 1, LONG).get(0);
            assertThat(first.nack()).isTrue();

            assertThat(queue.receive(EMAILS, 1, LONG).get(0).attempt()).isEqualTo(3);
        }
    }

    @Test
    void whatTheFieldsSayHolds() {
        try (RedisMessageQueue queue = open(config())) {
            redis.call(
                    "XADD",
                    "emails",
                    "*",
                    "message_id",
                    "m-1",
                    "data",
                    "{\"message_id\":\"m-1\",\"type\":\"note\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"payload\":\"x\"}",
                    "retry_count",
                    "7",
                    "attempts",
                    "3");

            Delivery delivery = queue.receive(EMAILS, 1, LONG).get(0);

            assertThat(delivery.message().retryCount()).isEqualTo(7);
            assertThat(delivery.attempt()).isEqualTo(4);
        }
    }

    @Test
    void aKeyOfAnotherTypeIsRefused() {
        redis.call("SET", "emails", "somebody else's");
        try (RedisMessageQueue queue = open(config())) {
            assertThat(catchThrowableOfType(QueueRefusedException.class, () -> queue.receive(EMAILS, 1, LONG)))
                    .hasMessageContaining("WRONGTYPE");
        }
    }
}
