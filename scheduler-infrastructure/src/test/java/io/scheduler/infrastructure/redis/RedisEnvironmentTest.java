package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedisEnvironmentTest {

    @Test
    void anEmptyEnvironmentGivesTheDefaults() {
        assertThat(RedisStreamConfig.fromEnvironment(Map.of("SCHEDULER_REDIS_CONSUMER_ID", "me")))
                .isEqualTo(RedisStreamConfig.builder().consumerId("me").build());
    }

    @Test
    void theEnvironmentOfThisProcessIsReadWhereNoneIsGiven() {
        assertThat(RedisStreamConfig.fromEnvironment().toBuilder()
                        .consumerId("me")
                        .build())
                .isEqualTo(RedisStreamConfig.fromEnvironment(System.getenv()).toBuilder()
                        .consumerId("me")
                        .build());
    }

    @Test
    void redisUrlIsTheBase() {
        RedisStreamConfig config =
                RedisStreamConfig.fromEnvironment(Map.of("REDIS_URL", "rediss://bob:s3cret@h:7000/3?lease=1m"));

        assertThat(config.topology()).isEqualTo(RedisTopology.single("h", 7000));
        assertThat(config.database()).isEqualTo(3);
        assertThat(config.username()).contains("bob");
        assertThat(config.password()).contains("s3cret");
        assertThat(config.tls()).isPresent();
        assertThat(config.lease()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aVariableOfItsOwnWinsOverTheUrl() {
        RedisStreamConfig config = RedisStreamConfig.fromEnvironment(Map.of(
                "REDIS_URL", "rediss://bob:old@h:7000/3?lease=1m&commandTimeout=1s",
                "SCHEDULER_REDIS_PASSWORD", "n%40w",
                "SCHEDULER_REDIS_PORT", "7001",
                "SCHEDULER_REDIS_TLS", "false",
                "SCHEDULER_REDIS_LEASE", "2m"));

        assertThat(config.topology()).isEqualTo(RedisTopology.single("h", 7001));
        assertThat(config.database()).isEqualTo(3);
        assertThat(config.username()).contains("bob");
        assertThat(config.password()).contains("n%40w");
        assertThat(config.tls()).isEmpty();
        assertThat(config.lease()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.commandTimeout()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void everySettingHasAVariable() {
        RedisStreamConfig config = RedisStreamConfig.fromEnvironment(Map.ofEntries(
                Map.entry("SCHEDULER_REDIS_HOST", "h"),
                Map.entry("SCHEDULER_REDIS_PORT", "7000"),
                Map.entry("SCHEDULER_REDIS_DATABASE", "2"),
                Map.entry("SCHEDULER_REDIS_USERNAME", "bob"),
                Map.entry("SCHEDULER_REDIS_PASSWORD", "s3cret"),
                Map.entry("SCHEDULER_REDIS_TLS", "true"),
                Map.entry("SCHEDULER_REDIS_CONNECTION_TIMEOUT", "500ms"),
                Map.entry("SCHEDULER_REDIS_COMMAND_TIMEOUT", "2s"),
                Map.entry("SCHEDULER_REDIS_MAX_RETRY_ATTEMPTS", "5"),
                Map.entry("SCHEDULER_REDIS_RETRY_DELAY", "20ms"),
                Map.entry("SCHEDULER_REDIS_CONSUMER_GROUP_PREFIX", "group"),
                Map.entry("SCHEDULER_REDIS_CONSUMER_ID", "me"),
                Map.entry("SCHEDULER_REDIS_LEASE", "1m"),
                Map.entry("SCHEDULER_REDIS_DEDUPLICATION_WINDOW", "1h"),
                Map.entry("SCHEDULER_REDIS_MAX_PAYLOAD_SIZE", "2MiB"),
                Map.entry("SCHEDULER_REDIS_KEY_PREFIX", "a:"),
                Map.entry("SCHEDULER_REDIS_DURABILITY", "replicas:1")));

        assertThat(config)
                .isEqualTo(RedisStreamConfig.builder()
                        .host("h")
                        .port(7000)
                        .database(2)
                        .username("bob")
                        .password("s3cret")
                        .tls(true)
                        .connectionTimeout(Duration.ofMillis(500))
                        .commandTimeout(Duration.ofSeconds(2))
                        .maxRetryAttempts(5)
                        .retryDelay(Duration.ofMillis(20))
                        .consumerGroupPrefix("group")
                        .consumerId("me")
                        .lease(Duration.ofMinutes(1))
                        .deduplicationWindow(Duration.ofHours(1))
                        .maxPayloadSize(2 * 1024 * 1024)
                        .keyPrefix("a:")
                        .durability(Durability.replicas(1))
                        .build());
    }

    @Test
    void anEmptyVariableCountsAsNotSet() {
        RedisStreamConfig config = RedisStreamConfig.fromEnvironment(
                Map.of("REDIS_URL", "", "SCHEDULER_REDIS_PASSWORD", "", "SCHEDULER_REDIS_PORT", ""));

        assertThat(config.topology()).isEqualTo(RedisTopology.single("127.0.0.1", 6379));
        assertThat(config.password()).isEmpty();
    }

    @Test
    void otherVariablesAreIgnored() {
        RedisStreamConfig config = RedisStreamConfig.fromEnvironment(
                Map.of("PATH", "/bin", "REDIS_PORT", "x", "SCHEDULER_LEASE", "x", "scheduler_redis_lease", "x"));

        assertThat(config.lease()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void anUnknownVariableWithThePrefixIsRefusedEvenIfItIsEmpty() {
        for (String value : List.of("s3cret", "")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RedisStreamConfig.fromEnvironment(Map.of("SCHEDULER_REDIS_PASWORD", value)))
                    .withMessageStartingWith("SCHEDULER_REDIS_PASWORD: unknown environment variable; allowed are"
                            + " SCHEDULER_REDIS_HOST, SCHEDULER_REDIS_PORT, ")
                    .withMessageEndingWith(", SCHEDULER_REDIS_DURABILITY")
                    .withMessageNotContaining("s3cret");
        }
    }

    @Test
    void hostAndPortAreForASingleServer() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisStreamConfig.fromEnvironment(
                        Map.of("REDIS_URL", "redis-cluster://h1,h2", "SCHEDULER_REDIS_HOST", "h3")))
                .withMessageStartingWith("host: 'h3' beside the addresses of sentinels or of a cluster is not allowed");
    }

    @Test
    void aValueThatIsNotAllowedIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisStreamConfig.fromEnvironment(Map.of("SCHEDULER_REDIS_LEASE", "soon")))
                .withMessageStartingWith(
                        "SCHEDULER_REDIS_LEASE: lease: 'soon' is not allowed; allowed is a duration such as 500ms");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisStreamConfig.fromEnvironment(Map.of("SCHEDULER_REDIS_LEASE", "1ms")))
                .withMessage("lease: 1ms is not allowed; allowed is 100ms to 12h");
    }

    @Test
    void aMalformedUrlIsNamedWithItsVariableAndNotShown() {
        Throwable error =
                catchThrowable(() -> RedisStreamConfig.fromEnvironment(Map.of("REDIS_URL", "redis://:pa/s3cret@h")));

        assertThat(error)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("REDIS_URL: Redis URI: it is not of the form ");
        StringWriter everything = new StringWriter();
        error.printStackTrace(new PrintWriter(everything));
        assertThat(everything.toString()).doesNotContain("s3cret");
    }
}
