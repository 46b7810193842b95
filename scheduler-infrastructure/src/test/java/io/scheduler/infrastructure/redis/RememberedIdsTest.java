package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueRefusedException;
import io.scheduler.infrastructure.json.JacksonMessageCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever ids look like, each is stored once within its window: what they have in common must not make one pass for
 * another.
 */
class RememberedIdsTest {

    private static final MessageType<String> NOTE = MessageType.of("note", String.class);
    private static final QueueName EMAILS = QueueName.of("emails");
    private static final Duration LONG_WINDOW = Duration.ofDays(7);
    private static final String ALL_CHARACTERS =
            IntStream.rangeClosed('!', '~').mapToObj(Character::toString).collect(Collectors.joining());

    private static RedisServerProcess server;
    private static RespClient redis;

    @BeforeAll
    static void start() {
        server = RedisServerProcess.launch();
        redis = server.client();
    }

    @AfterAll
    static void stop() {
        redis.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        redis.call("FLUSHALL");
    }

    /**
     * Few characters, so that ids are often repeated, begin alike, or begin with each other; some with all there are.
     */
    @ParameterizedTest
    @ValueSource(strings = {"ab", "%-]^.", "0123456789"})
    void eachIdIsStoredOnceInTheOrderOfItsFirstPublication(String characters) {
        Random random = new Random(characters.hashCode());
        Set<String> published = new LinkedHashSet<>();
        try (RedisMessageQueue queue = open()) {
            for (int call = 0; call < 300; call++) {
                List<String> ids = Stream.generate(
                                () -> id(random, random.nextInt(10) == 0 ? ALL_CHARACTERS : characters))
                        .limit(1 + random.nextInt(8))
                        .toList();
                published.addAll(ids);
                queue.publishAll(
                        EMAILS, ids.stream().map(RememberedIdsTest::message).toList());
            }
        }

        assertThat(stored()).containsExactlyElementsOf(published);
        assertThatNoneIsRememberedTwice();
    }

    /** The ids of two programs, as they come out of a queue that both have published to. */
    @Test
    void idsWhoseStemsTakeTurnsAreEachRememberedOnce() {
        try (RedisMessageQueue queue = open()) {
            for (char ending = '0'; ending < '0' + 20; ending += 2) {
                queue.publishAll(
                        EMAILS,
                        Stream.of("a" + ending, "b" + ending, "a" + (char) (ending + 1), "b" + (char) (ending + 1))
                                .map(RememberedIdsTest::message)
                                .toList());
            }
        }

        assertThat(redis.number("XLEN", "emails")).isEqualTo(40);
        assertThatNoneIsRememberedTwice();
    }

    /** More of them than one command of a script can take. */
    @Test
    void aListOfIdsThatHaveNothingInCommonIsRememberedWhole() {
        List<Message> messages = Stream.generate(() -> message(UUID.randomUUID().toString()))
                .limit(10_000)
                .toList();
        try (RedisMessageQueue queue = open()) {
            queue.publishAll(EMAILS, messages);
            queue.publishAll(EMAILS, messages);
        }

        assertThat(redis.number("XLEN", "emails")).isEqualTo(messages.size());
    }

    /**
     * The ring turns, forwards or as after a clock that was put back; each list has ids of the hash before, and new
     * ones.
     */
    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void idsAreRecognisedWhenTheRingHasTurned(int direction) {
        List<String> ids = new ArrayList<>();
        try (RedisMessageQueue queue = open()) {
            for (int n = 0; n < 300; n++) {
                ids.add("order-" + n);
                List<String> recent = ids.subList(Math.max(0, n - 20), n + 1);
                queue.publishAll(
                        EMAILS, recent.stream().map(RememberedIdsTest::message).toList());
                if (n % 20 == 7) {
                    redis.call("RENAME", hashOfSlot(0), hashOfSlot(direction));
                }
            }
        }

        assertThat(stored()).containsExactlyElementsOf(ids);
        assertThatNoneIsRememberedTwice();
    }

    @Test
    void idsAreRememberedForAtLeastOneWindowAndAtMostThree() {
        try (RedisMessageQueue queue = open()) {
            queue.publish(EMAILS, message("m-1"));
        }

        String ids = redis.strings("KEYS", "*:ids:*").get(0);
        assertThat(ids).isEqualTo(hashOfSlot(0));
        assertThat(redis.strings("HMGET", ids, "m-")).containsExactly("1");
        assertThat(redis.number("PTTL", ids))
                .isBetween(2 * LONG_WINDOW.toMillis() - 10_000, 3 * LONG_WINDOW.toMillis());
    }

    /** The hash before: the window turned meanwhile. The hash behind: the server's clock was put back meanwhile. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1})
    void anIdIsRecognisedInTheHashesAroundTheCurrentOne(int offset) {
        redis.call("HSET", hashOfSlot(offset), "m-", "017");

        try (RedisMessageQueue queue = open()) {
            queue.publish(EMAILS, message("m-1"));
            queue.publish(EMAILS, message("m-2"));
        }

        assertThat(redis.number("XLEN", "emails")).isEqualTo(1);
        assertThat(redis.strings("HMGET", hashOfSlot(offset), "m-").get(0)).startsWith("017");
        assertThat(redis.strings("HMGET", hashOfSlot(0), "m-").get(0)).endsWith("2");
    }

    /** By all that come when the hash has been set up, as by the first of a window. */
    @Test
    void idsOfTheWindowBeforeAreRecognised() {
        redis.call("HSET", hashOfSlot(-1), "m-", "01", "n-", "0");

        try (RedisMessageQueue queue = open()) {
            queue.publish(EMAILS, message("m-9"));
            queue.publish(EMAILS, message("m-1"));
            queue.publishAll(EMAILS, List.of(message("m-8"), message("n-0"), message("n-1")));
        }

        assertThat(stored()).containsExactly("m-9", "m-8", "n-1");
    }

    /** A hash that knew of no neighbour must learn of one that is made while it is not the current one. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void anIdIsRecognisedWhenTheClockHasGoneThereAndBack(int direction) {
        try (RedisMessageQueue queue = open()) {
            queue.publish(EMAILS, message("m-1"));
            redis.call("RENAME", hashOfSlot(0), hashOfSlot(direction));
            queue.publish(EMAILS, message("m-2"));
            queue.publish(EMAILS, message("m-3"));
            redis.call("RENAME", hashOfSlot(0), hashOfSlot(-direction));
            redis.call("RENAME", hashOfSlot(direction), hashOfSlot(0));
            queue.publish(EMAILS, message("m-2"));
            queue.publishAll(EMAILS, List.of(message("m-3"), message("m-4")));
            queue.publish(EMAILS, message("m-4"));
        }

        assertThat(stored()).containsExactly("m-1", "m-2", "m-3", "m-4");
    }

    @Test
    void theHashOfTwoWindowsAgoIsDropped() {
        redis.call("HSET", hashOfSlot(-2), "m-", "1");

        try (RedisMessageQueue queue = open()) {
            queue.publish(EMAILS, message("m-1"));
        }

        assertThat(redis.number("XLEN", "emails")).isEqualTo(1);
        assertThat(redis.number("EXISTS", hashOfSlot(-2))).isZero();
    }

    /**
     * First alone, as the first message of its window and as a later one, then in lists, one of which has stems twice.
     */
    @Test
    void idsOfMessagesThatCouldNotBeStoredAreForgotten() {
        redis.call("XADD", "emails", "*", "message_id", "first");
        try (RedisMessageQueue queue = open()) {
            for (String ids : List.of("a0", "a1", "a2 b0 a3 b1", "b2 c0")) {
                List<Message> messages = Arrays.stream(ids.split(" "))
                        .map(RememberedIdsTest::message)
                        .toList();
                redis.call("RENAME", "emails", "aside");
                redis.call("SET", "emails", "not a stream");
                assertThatExceptionOfType(QueueRefusedException.class)
                        .isThrownBy(() -> queue.publishAll(EMAILS, messages))
                        .withMessageContaining("WRONGTYPE");
                redis.call("RENAME", "aside", "emails");
                queue.publishAll(EMAILS, messages);
            }
        }

        assertThat(stored()).containsExactly("first", "a0", "a1", "a2", "b0", "a3", "b1", "b2", "c0");
        assertThatNoneIsRememberedTwice();
    }

    /** The stream has one id left, so the second message finds none. */
    @ParameterizedTest
    @ValueSource(strings = {"a0 a1 b0", "a0 b0 a1"})
    void idsOfAListThatStopsInTheMiddleAreForgotten(String ids) {
        try (RedisMessageQueue queue = open()) {
            queue.publish(EMAILS, message("c0"));
            redis.call("XSETID", "emails", "18446744073709551615-18446744073709551614");

            assertThatExceptionOfType(OutcomeUnknownException.class)
                    .isThrownBy(() -> queue.publishAll(
                            EMAILS,
                            Arrays.stream(ids.split(" "))
                                    .map(RememberedIdsTest::message)
                                    .toList()))
                    .withMessageContaining("stopped in the middle");
        }

        assertThat(stored()).containsExactly("c0", "a0");
        for (String hash : redis.strings("KEYS", "*:ids:*")) {
            assertThat(redis.strings("HMGET", hash, "a", "b", "c")).containsExactly("", "", "0");
        }
    }

    /** Redis' compact form of a hash is walked through at each look: fast for ten fields, slow for hundreds. */
    @Test
    void theyAreLookedUpAndNotSearched() {
        try (RedisMessageQueue queue = open()) {
            queue.publish(EMAILS, message("m-1"));
        }

        String ids = redis.strings("KEYS", "*:ids:*").get(0);
        assertThat(redis.call("OBJECT", "ENCODING", ids)).isEqualTo("hashtable");
    }

    private static void assertThatNoneIsRememberedTwice() {
        for (String ids : redis.strings("KEYS", "*:ids:*")) {
            for (String stem : redis.strings("HKEYS", ids)) {
                if (stem.isEmpty() || !stem.isBlank()) {
                    assertThat(redis.strings("HMGET", ids, stem).get(0).chars())
                            .as("endings of '" + stem + "' in " + ids)
                            .doesNotHaveDuplicates();
                }
            }
        }
    }

    /** The hash of the slot that is so many slots from now; a window is long enough not to turn by itself. */
    private static String hashOfSlot(int offset) {
        long slot = Long.parseLong(redis.strings("TIME").get(0)) / LONG_WINDOW.toSeconds() + offset;
        return "{emails}:ids:" + LONG_WINDOW.toMillis() + ":" + slot % 4;
    }

    private static String id(Random random, String characters) {
        return random.ints(1 + random.nextInt(4), 0, characters.length())
                .mapToObj(at -> characters.substring(at, at + 1))
                .collect(Collectors.joining());
    }

    private static Message message(String id) {
        return Message.builder(NOTE, "x").id(id).build();
    }

    private static List<String> stored() {
        return ((List<?>) redis.call("XRANGE", "emails", "-", "+"))
                .stream()
                        .map(entry ->
                                ((List<?>) ((List<?>) entry).get(1)).get(1).toString())
                        .toList();
    }

    private static RedisMessageQueue open() {
        RedisStreamConfig config = RedisStreamConfig.builder()
                .port(server.port())
                .deduplicationWindow(LONG_WINDOW)
                .build();
        return RedisMessageQueue.open(config, new JacksonMessageCodec());
    }
}
