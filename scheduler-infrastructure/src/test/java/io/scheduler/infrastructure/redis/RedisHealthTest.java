package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scheduler.core.queue.Health;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each thing that loses or delays messages is named, with what to do, and nothing is when all is well. */
@ParameterizedClass
@MethodSource("binaries")
class RedisHealthTest extends ConsumingOnRedis {

    private static final Pattern STREAM_CALLS = Pattern.compile("cmdstat_x\\w+:calls=(\\d+)");

    @Test
    void aServerAndAQueueThatDoWellHaveNoProblems() {
        try (RedisMessageQueue queue = open(config())) {
            publish(queue, 2);
            queue.receive(EMAILS, 1, LONG);

            assertThat(queue.health(EMAILS).problems()).isEmpty();
            assertThat(queue.health().details()).containsKeys("version", "mode", "role", "eviction", "aof");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    maxmemory-policy allkeys-lru | maxmemory-policy to noeviction
                    appendonly no                | Set appendonly to yes
                    maxmemory 2mb                | publishing is refused
                    """)
    void aSettingThatLosesMessagesIsNamed(String setting, String advice) {
        redis.call("SET", "much", "x".repeat(1_500_000));
        try (RedisMessageQueue queue = open(config())) {
            assertThat(queue.health().problems()).isEmpty();
            Object[] command = ("CONFIG SET " + setting).split(" ");
            redis.call(command);

            assertThat(queue.health().problems()).singleElement().asString().contains(advice);
        }
    }

    @Test
    void whoMayNotAskForMoreIsToldSo() {
        redis.call("ACL", "SETUSER", "blind", "on", ">p4ssword", "~*", "&*", "+@all", "-info");
        try (RedisMessageQueue queue = open(config().username("blind").password("p4ssword"))) {
            Health health = queue.health();

            assertThat(health.up()).isTrue();
            assertThat(health.problems()).singleElement().asString().contains("may not run INFO", "grant it");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"replicas:2", "replica-disks:2"})
    void replicasThatTheDurabilityWaitsForInVainAreMissed(String durability) {
        Durability waits = Durability.parse(durability).orElseThrow();
        try (RedisMessageQueue queue = open(config().durability(waits))) {
            assertThat(queue.health().problems())
                    .singleElement()
                    .asString()
                    .contains(durability + " and 0 replicas are connected");
        }
    }

    @ParameterizedTest
    @CsvSource({"PT1H, s ahead of, late", "PT-1H, s behind, early", "PT0.5S, , "})
    void aClockThatIsFarFromTheServersIsNamed(Duration ahead, String words, String effect) {
        RedisStreamConfig config = config().build();
        RedisConnection connection = RedisConnection.own(config, "commands", 1);
        try {
            InstantSource clock = () -> Instant.now().plus(ahead);
            List<String> problems = new RedisHealthCheck(
                            new RedisScripts(
                                    connection, config, new Deadlines(), new RedissonSender(config.commandTimeout())),
                            new RedisErrors("Redis", config.commandTimeout()),
                            config,
                            clock)
                    .check()
                    .join()
                    .problems();

            if (words == null) {
                assertThat(problems).isEmpty();
            } else {
                assertThat(problems)
                        .singleElement()
                        .asString()
                        .contains(words, effect, "NTP")
                        .containsPattern("clock is 3(59\\d|600) s ");
            }
        } finally {
            connection.close();
        }
    }

    @Test
    void aConsumerThatDiedWithMessagesIsNamed() {
        RedisMessageQueue dying = open(config().lease(SHORT).consumerId("the-late"));
        publish(dying, 3);
        dying.receive(EMAILS, 2, LONG);
        dying.close();
        try (RedisMessageQueue queue = open(config().lease(SHORT))) {
            await().untilAsserted(() -> assertThat(problemsOf(queue))
                    .singleElement()
                    .asString()
                    .contains("1 consumers hold 2 messages", "'the-late", "lease of 300ms", "extendLease"));
        }
    }

    @Test
    void whyTheYoungestLetterDiedIsTold() {
        try (RedisMessageQueue queue = open(config().lease(SHORT).maxAttempts(1))) {
            publish(queue, 1);
            queue.receive(EMAILS, 1, LONG);
            await().until(() -> {
                queue.receive(EMAILS, 1, SHORT);
                return queue.stats(EMAILS).dead() == 1;
            });
            assertThat(problemsOf(queue))
                    .hasSize(2)
                    .anySatisfy(problem -> assertThat(problem).contains("1 dead letters", "redrive"))
                    .anySatisfy(problem -> assertThat(problem).contains("Not settled within its lease", "raise lease"));

            publish(queue, 1);
            queue.receive(EMAILS, 1, LONG).get(0).reject("no such address");
            assertThat(problemsOf(queue))
                    .anySatisfy(problem -> assertThat(problem).contains("'no such address'", "mend that"));
        }
    }

    @Test
    void aMessageWhoseLeaseEndedIsNamedAndOneThatWasHandedBackIsNot() {
        try (RedisMessageQueue queue = open(config().lease(SHORT))) {
            publish(queue, 1);
            queue.receive(EMAILS, 1, LONG).get(0).nack();
            queue.receive(EMAILS, 1, LONG).get(0).release();
            assertThat(problemsOf(queue)).isEmpty();

            await().until(() -> queue.receive(EMAILS, 1, LONG).get(0).attempt() == 4);

            assertThat(problemsOf(queue))
                    .anySatisfy(problem -> assertThat(problem)
                            .contains(
                                    "of 1 messages",
                                    " 1 came again",
                                    "of them 2 times",
                                    "is 300ms here",
                                    "extendLease"));
        }
    }

    @Test
    void aMessageThatCameAgainIsFoundBehindManyThatAreReady() {
        String[] entry = {"XADD", "emails", "*", "message_id", "m", "data", data("m"), "retry_count", "1"};
        for (int i = 0; i < 50; i++) {
            redis.call((Object[]) entry);
        }
        try (RedisMessageQueue queue = open(config())) {
            redis.call(
                    "XADD", "emails", "*", "message_id", "l", "data", data("l"), "retry_count", "1", "attempts", "4");

            assertThat(problemsOf(queue))
                    .anySatisfy(problem ->
                            assertThat(problem).contains("of 40 messages", " 1 came again", "of them 3 times"));
        }
    }

    @ParameterizedTest
    @CsvSource({"600ms, 300ms, true", "601ms, 300ms, false", "30s, 3s, false"})
    void aLeaseThatLeavesNoTimeForARenewalIsNamed(String lease, String timeout, boolean named) {
        try (RedisMessageQueue queue = open(config().lease(duration(lease)).commandTimeout(duration(timeout)))) {
            List<String> problems = queue.health().problems();

            if (named) {
                assertThat(problems)
                        .singleElement()
                        .asString()
                        .contains("lease of 600ms", "commandTimeout of 300ms", "Raise lease");
            } else {
                assertThat(problems).isEmpty();
            }
        }
    }

    @Test
    void lettersThatCameLatelyAreCountedAndTheOldestIsTold() {
        letters(2, Duration.ofDays(3));
        try (RedisMessageQueue queue = open(config())) {
            assertThat(queue.health(EMAILS).problems())
                    .anySatisfy(problem -> assertThat(problem)
                            .contains("have not grown in the last hour", "oldest is 3 days", "youngest 3 days"));

            letters(1, Duration.ofMinutes(61));
            letters(3, Duration.ofMinutes(59));

            assertThat(queue.health(EMAILS).problems())
                    .anySatisfy(problem -> assertThat(problem)
                            .contains("grow, by 3 in the last hour", "oldest is 3 days old, the youngest 59 min"));
        }
    }

    @ParameterizedTest
    @CsvSource({"99, 10, by 99 in the last hour", "100, 10, by 100 or more in the last 30", "30, 100000, by 11 or more"
    })
    void noMoreLettersAreReadThanItTakesToTellThatTheyGrow(int count, int size, String growth) {
        letters(count, Duration.ofMinutes(30), size);
        try (RedisMessageQueue queue = open(config())) {
            assertThat(queue.health(EMAILS).problems())
                    .anySatisfy(problem -> assertThat(problem).contains(growth));
        }
    }

    @Test
    void consumersThatAllFellSilentAreMissed() {
        publishRaw();
        redis.call("XGROUP", "CREATE", "emails", "scheduler_emails_group", "0");
        redis.call("XREADGROUP", "GROUP", "scheduler_emails_group", "silent", "COUNT", 1, "STREAMS", "emails", ">");
        try (RedisMessageQueue queue = open(config())) {
            assertThat(queue.health(EMAILS).problems()).isEmpty();

            // As if half an hour had passed; the consumer's own silence cannot be set, so its part is told apart.
            ConsumerProblems silent = new ConsumerProblems(0, 0, "", Duration.ZERO, Duration.ofMinutes(30));
            assertThat(silent.sentences(EMAILS, queue.stats(EMAILS), Duration.ofSeconds(30)))
                    .singleElement()
                    .asString()
                    .contains("1 messages that are ready", "30 min", "start one that runs");
        }
    }

    @Test
    void aKeyOfAnotherTypeIsAProblemAndNoError() {
        redis.call("SET", "emails", "somebody else's");
        try (RedisMessageQueue queue = open(config())) {
            Health health = queue.health(EMAILS);

            assertThat(health.up()).isTrue();
            assertThat(health.problems()).singleElement().asString().contains("WRONGTYPE", "keyPrefix");
        }
    }

    @Test
    void aServerThatHangsIsDownForItsQueuesToo() {
        try (RedisMessageQueue queue = open(config().commandTimeout(SHORT))) {
            queue.exists(EMAILS);
            server.pause();
            assertThat(queue.health(EMAILS).up()).isFalse();
            server.resume();
        }
    }

    @Test
    void lookingCostsTheSameHoweverLongTheQueueIs() {
        QueueName large = QueueName.of("large");
        redis.call(
                "EVAL",
                "for i = 1, 50000 do redis.call('XADD', KEYS[1], '*', 'data', i)"
                        + " redis.call('XADD', KEYS[2], '*', 'dead_reason', 'x') end",
                2,
                "large",
                "{large}:dead");
        try (RedisMessageQueue queue = open(config())) {
            queue.health(large);
            redis.call("CONFIG", "RESETSTAT");

            queue.health(large);

            String stats = redis.call("INFO", "commandstats").toString();
            assertThat(stats).doesNotContain("cmdstat_keys", "cmdstat_scan");
            assertThat(STREAM_CALLS.matcher(stats).results().mapToInt(calls -> Integer.parseInt(calls.group(1))))
                    .satisfies(calls -> assertThat(
                                    calls.stream().mapToInt(each -> each).sum())
                            .isBetween(140, 160));
        }
    }

    /** Without those of the server and of how it is used. */
    private static List<String> problemsOf(RedisMessageQueue queue) {
        return queue.health(EMAILS).problems().stream()
                .filter(problem -> problem.startsWith("Queue 'emails'"))
                .toList();
    }

    private void letters(int count, Duration age) {
        letters(count, age, 10);
    }

    private void letters(int count, Duration age, int size) {
        long diedAt = Instant.now().minus(age).toEpochMilli();
        for (int i = 0; i < count; i++) {
            redis.call(
                    "XADD",
                    "{emails}:dead",
                    diedAt + "-" + (i + 1),
                    "data",
                    "x".repeat(size),
                    "dead_reason",
                    "no luck");
        }
    }

    private static Duration duration(String text) {
        return DurationText.read(text).orElseThrow();
    }

    private void publishRaw() {
        for (String id : List.of("m-1", "m-2")) {
            redis.call("XADD", "emails", "*", "message_id", id, "data", data(id));
        }
    }
}
