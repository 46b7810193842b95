package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scheduler.core.queue.Health;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each thing that loses or delays messages is named, with what to do, and nothing is when all is well. */
@ParameterizedClass
@MethodSource("binaries")
class RedisHealthTest extends ConsumingOnRedis {

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
    void replicasThatTheDurabilityWaitsForInVainAreMissed() {
        try (RedisMessageQueue queue = open(config().durability(Durability.replicas(2)))) {
            assertThat(queue.health().problems())
                    .singleElement()
                    .asString()
                    .contains("replicas:2 and 0 replicas are connected");
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
            await().untilAsserted(() -> assertThat(queue.health(EMAILS).problems())
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
            assertThat(queue.health(EMAILS).problems())
                    .hasSize(2)
                    .anySatisfy(problem -> assertThat(problem).contains("1 dead letters", "redrive"))
                    .anySatisfy(problem -> assertThat(problem).contains("Not settled within its lease", "raise lease"));

            publish(queue, 1);
            queue.receive(EMAILS, 1, LONG).get(0).reject("no such address");
            assertThat(queue.health(EMAILS).problems())
                    .anySatisfy(problem -> assertThat(problem).contains("'no such address'", "mend that"));
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
            ConsumerProblems silent =
                    new ConsumerProblems(0, 0, "", Duration.ZERO, Duration.ofMinutes(30), Duration.ofMillis(-1), "");
            assertThat(silent.sentences(EMAILS, queue.stats(EMAILS), Duration.ofSeconds(30)))
                    .singleElement()
                    .asString()
                    .contains("1 messages that are ready", "1800 s", "start one that runs");
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
            assertThat(stats).contains("cmdstat_xrevrange:calls=1,").doesNotContain("cmdstat_keys", "cmdstat_scan");
            assertThat(stats.lines()
                            .filter(line -> line.startsWith("cmdstat_x"))
                            .toList())
                    .hasSizeLessThan(10);
        }
    }

    private void publishRaw() {
        for (String id : List.of("m-1", "m-2")) {
            redis.call("XADD", "emails", "*", "message_id", id, "data", data(id));
        }
    }
}
