package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisStreamConfigTest {

    private static final List<RedisAddress> TWO = List.of(new RedisAddress("h1", 7000), new RedisAddress("h2", 7001));

    @Test
    void everySettingHasItsDefault() {
        RedisStreamConfig config = RedisStreamConfig.defaults();

        assertThat(config.topology()).isEqualTo(RedisTopology.single("127.0.0.1", 6379));
        assertThat(config.database()).isZero();
        assertThat(config.username()).isEmpty();
        assertThat(config.password()).isEmpty();
        assertThat(config.tls()).isEmpty();
        assertThat(config.connectionTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.commandTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.maxRetryAttempts()).isEqualTo(3);
        assertThat(config.retryDelay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.consumerGroupPrefix()).isEqualTo("scheduler");
        assertThat(config.consumerId()).contains("-" + ProcessHandle.current().pid() + "-");
        assertThat(config.lease()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.maxAttempts()).isEqualTo(10);
        assertThat(config.pollInterval()).isEqualTo(Duration.ofMillis(100));
        assertThat(config.deduplicationWindow()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.maxPayloadSize()).isEqualTo(1_048_576);
        assertThat(config.keyPrefix()).isEmpty();
        assertThat(config.durability()).isEqualTo(Durability.master());
    }

    @Test
    void anIdIsRememberedForAsLongAsItsPublicationMayBeRepeated() {
        RedisStreamConfigBuilder builder = RedisStreamConfig.builder();

        // 3 × (5 s + 2 × 3 s), and backoffs of 1.5 s and 3 s.
        assertThat(builder.deduplicationWindow(Duration.ofMillis(37_500))
                        .build()
                        .deduplicationWindow())
                .isEqualTo(Duration.ofMillis(37_500));
        assertThatIllegalArgumentException()
                .isThrownBy(builder.deduplicationWindow(Duration.ofMillis(37_499))::build)
                .withMessageStartingWith("deduplicationWindow: 37499ms is not allowed; allowed is at least 38s")
                .withMessageContaining("3 attempts");
        assertThat(builder.maxRetryAttempts(1).build().maxRetryAttempts()).isEqualTo(1);
    }

    @Test
    void eachConfigurationHasAConsumerIdOfItsOwnByDefault() {
        assertThat(RedisStreamConfig.defaults().consumerId())
                .isNotEqualTo(RedisStreamConfig.defaults().consumerId());
    }

    @Test
    void theBuilderSetsEverySetting() {
        RedisStreamConfig config = everythingSet().build();

        assertThat(config)
                .isEqualTo(new RedisStreamConfig(
                        RedisTopology.single("redis.example.org", 6380),
                        2,
                        Optional.of("bob"),
                        Optional.of("s3cret"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(RedisTls.defaults()),
                        Duration.ofMillis(11),
                        Duration.ofMillis(12),
                        4,
                        Duration.ofMillis(13),
                        "group",
                        "consumer",
                        Duration.ofMillis(140),
                        141,
                        Duration.ofMillis(142),
                        Duration.ofSeconds(15),
                        16,
                        "prefix:",
                        Durability.replicas(2)));
    }

    @Test
    void aBuilderMadeFromAConfigurationBuildsAnEqualOne() {
        RedisStreamConfig config = everythingSet().build();
        RedisStreamConfig defaults = RedisStreamConfig.defaults();

        assertThat(config.toBuilder().build()).isEqualTo(config).hasSameHashCodeAs(config);
        assertThat(defaults.toBuilder().build()).isEqualTo(defaults);
    }

    @ParameterizedTest
    @MethodSource("changesOfOneSetting")
    void configurationsThatDifferInOneSettingAreNotEqual(Consumer<RedisStreamConfigBuilder> change) {
        RedisStreamConfig config = everythingSet().build();
        RedisStreamConfigBuilder changed = config.toBuilder();
        change.accept(changed);

        assertThat(changed.build()).isNotEqualTo(config);
        assertThat(config).isEqualTo(everythingSet().build());
    }

    static Stream<Consumer<RedisStreamConfigBuilder>> changesOfOneSetting() {
        return Stream.of(
                b -> b.host("other"),
                b -> b.port(1),
                b -> b.topology(RedisTopology.sentinel("main", TWO)),
                b -> b.database(3),
                b -> b.username("eve"),
                b -> b.password("other"),
                b -> b.tls(false),
                b -> b.connectionTimeout(Duration.ofMillis(900)),
                b -> b.commandTimeout(Duration.ofMillis(900)),
                b -> b.maxRetryAttempts(5),
                b -> b.retryDelay(Duration.ofMillis(900)),
                b -> b.consumerGroupPrefix("other"),
                b -> b.consumerId("other"),
                b -> b.lease(Duration.ofSeconds(9)),
                b -> b.maxAttempts(9),
                b -> b.pollInterval(Duration.ofSeconds(9)),
                b -> b.deduplicationWindow(Duration.ofHours(9)),
                b -> b.maxPayloadSize(9),
                b -> b.keyPrefix("other"),
                b -> b.durability(Durability.replicas(3)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("boundsOfNumbers")
    void numbersAreAllowedUpToTheirBoundsAndNotBeyond(
            String setting, int min, int max, BiConsumer<RedisStreamConfigBuilder, Integer> setter) {
        RedisStreamConfigBuilder builder = RedisStreamConfig.builder().maxRetryAttempts(1);

        for (int allowed : new int[] {min, max}) {
            setter.accept(builder, allowed);
            assertThatCode(builder::build).doesNotThrowAnyException();
        }
        for (int refused : new int[] {min - 1, max + 1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            setter.accept(builder, refused);
            assertThatIllegalArgumentException()
                    .isThrownBy(builder::build)
                    .withMessage(setting + ": " + refused + " is not allowed; allowed is " + min + " to " + max);
        }
    }

    static Stream<Arguments> boundsOfNumbers() {
        return Stream.of(
                number("port", 1, 65535, RedisStreamConfigBuilder::port),
                number("database", 0, 1_000_000, RedisStreamConfigBuilder::database),
                number(
                        "maxRetryAttempts",
                        1,
                        100,
                        (builder, value) -> builder.maxRetryAttempts(value).deduplicationWindow(Duration.ofDays(7))),
                number("maxAttempts", 1, 1_000_000, RedisStreamConfigBuilder::maxAttempts),
                number("maxPayloadSize", 1, 67_108_864, RedisStreamConfigBuilder::maxPayloadSize));
    }

    private static Arguments number(
            String setting, int min, int max, BiConsumer<RedisStreamConfigBuilder, Integer> setter) {
        return arguments(setting, min, max, setter);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("boundsOfDurations")
    void durationsAreAllowedUpToTheirBoundsAndNotBeyond(
            String setting, String min, String max, BiConsumer<RedisStreamConfigBuilder, Duration> setter) {
        RedisStreamConfigBuilder builder = RedisStreamConfig.builder().maxRetryAttempts(1);
        Duration shortest = DurationText.read(min).orElseThrow();
        Duration longest = DurationText.read(max).orElseThrow();

        for (Duration allowed : List.of(shortest, longest)) {
            setter.accept(builder, allowed);
            assertThatCode(builder::build).doesNotThrowAnyException();
        }
        for (Duration refused : List.of(
                shortest.minusNanos(1),
                longest.plusNanos(1),
                Duration.ZERO,
                Duration.ofMillis(-1),
                Duration.ofSeconds(Long.MAX_VALUE),
                Duration.ofSeconds(Long.MIN_VALUE))) {
            setter.accept(builder, refused);
            assertThatIllegalArgumentException()
                    .isThrownBy(builder::build)
                    .withMessage(setting + ": " + DurationText.of(refused) + " is not allowed; allowed is " + min
                            + " to " + max);
        }
    }

    static Stream<Arguments> boundsOfDurations() {
        return Stream.of(
                duration("connectionTimeout", "10ms", "10m", RedisStreamConfigBuilder::connectionTimeout),
                duration("commandTimeout", "10ms", "10m", RedisStreamConfigBuilder::commandTimeout),
                duration("retryDelay", "1ms", "10m", RedisStreamConfigBuilder::retryDelay),
                duration("lease", "100ms", "12h", RedisStreamConfigBuilder::lease),
                duration("pollInterval", "10ms", "1m", RedisStreamConfigBuilder::pollInterval),
                duration("deduplicationWindow", "1s", "168h", RedisStreamConfigBuilder::deduplicationWindow));
    }

    private static Arguments duration(
            String setting, String min, String max, BiConsumer<RedisStreamConfigBuilder, Duration> setter) {
        return arguments(setting, min, max, setter);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("boundsOfNames")
    void namesAreAllowedUpToTheirBoundsAndNotBeyond(
            String setting, int min, int max, BiConsumer<RedisStreamConfigBuilder, String> setter) {
        RedisStreamConfigBuilder builder = RedisStreamConfig.builder().maxRetryAttempts(1);

        for (String allowed : List.of("x".repeat(min), "x".repeat(max), "AZaz09._:-")) {
            setter.accept(builder, allowed);
            assertThatCode(builder::build).doesNotThrowAnyException();
        }
        List<String> tooShort = min == 0 ? List.of() : List.of("");
        for (String refused : Stream.concat(
                        tooShort.stream(), Stream.of("x".repeat(max + 1), "a{b}", "a b", "a/b", "ä", "a\n"))
                .toList()) {
            setter.accept(builder, refused);
            assertThatIllegalArgumentException()
                    .isThrownBy(builder::build)
                    .withMessage(setting + ": " + Allowed.quoted(refused) + " is not allowed; allowed is " + min
                            + " to " + max + " characters out of A-Z a-z 0-9 . _ : -");
        }
    }

    static Stream<Arguments> boundsOfNames() {
        return Stream.of(
                name("consumerGroupPrefix", 1, 100, RedisStreamConfigBuilder::consumerGroupPrefix),
                name("consumerId", 1, 200, RedisStreamConfigBuilder::consumerId),
                name("keyPrefix", 0, 100, RedisStreamConfigBuilder::keyPrefix));
    }

    private static Arguments name(
            String setting, int min, int max, BiConsumer<RedisStreamConfigBuilder, String> setter) {
        return arguments(setting, min, max, setter);
    }

    @Test
    void aClusterHasOnlyDatabaseZero() {
        RedisStreamConfigBuilder builder = RedisStreamConfig.builder().topology(RedisTopology.cluster(TWO));

        assertThat(builder.database(0).build().topology()).isEqualTo(new RedisTopology.Cluster(TWO));
        assertThatIllegalArgumentException()
                .isThrownBy(builder.database(1)::build)
                .withMessage("database: 1 in a cluster is not allowed; allowed is 0, the only one that a cluster has");
    }

    @Test
    void sentinelsMayLeadToAnyDatabase() {
        RedisStreamConfig config = RedisStreamConfig.builder()
                .topology(RedisTopology.sentinel("main", TWO))
                .database(1)
                .build();

        assertThat(config.database()).isEqualTo(1);
    }

    @Test
    void aUsernameNeedsAPassword() {
        RedisStreamConfigBuilder builder = RedisStreamConfig.builder().username("bob");

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessage("username: 'bob' without a password is not allowed;"
                        + " allowed is a username together with a password or a passwordFile");
        assertThat(builder.password("s3cret").build().username()).contains("bob");
    }

    @Test
    void aPasswordNeedsNoUsername() {
        RedisStreamConfig config =
                RedisStreamConfig.builder().password("s3cret").build();

        assertThat(config.username()).isEmpty();
        assertThat(config.password()).contains("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\n", "a\u0000"})
    void aUsernameHasNoBlanks(String username) {
        RedisStreamConfigBuilder builder =
                RedisStreamConfig.builder().username(username).password("s3cret");

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessage("username: " + Allowed.quoted(username)
                        + " is not allowed; allowed is at least one character, none of them blank");
    }

    @Test
    void aPasswordIsNotEmpty() {
        assertThatIllegalArgumentException()
                .isThrownBy(RedisStreamConfig.builder().password("")::build)
                .withMessage("password: an empty one is not allowed; allowed is none, or at least one character");
    }

    @Test
    void hostAndPortChangeASingleServerEachOnItsOwn() {
        RedisStreamConfigBuilder builder = RedisStreamConfig.builder().maxRetryAttempts(1);

        assertThat(builder.host("h").build().topology()).isEqualTo(RedisTopology.single("h", 6379));
        assertThat(builder.build().toBuilder().port(1).build().topology()).isEqualTo(RedisTopology.single("h", 1));
    }

    @Test
    void aTopologyReplacesHostAndPortThatWereSetBefore() {
        RedisStreamConfigBuilder builder = RedisStreamConfig.builder().host("h").port(1);

        assertThat(builder.topology(RedisTopology.single("other", 2)).build().topology())
                .isEqualTo(RedisTopology.single("other", 2));
    }

    @Test
    void hostAndPortAreRefusedBesideSentinelsOrACluster() {
        RedisStreamConfig sentinel = RedisStreamConfig.builder()
                .topology(RedisTopology.sentinel("main", TWO))
                .build();
        RedisStreamConfig cluster =
                RedisStreamConfig.builder().topology(RedisTopology.cluster(TWO)).build();

        assertThatIllegalArgumentException()
                .isThrownBy(sentinel.toBuilder().host("h")::build)
                .withMessage("host: 'h' beside the addresses of sentinels or of a cluster is not allowed;"
                        + " allowed is a host of a single server");
        assertThatIllegalArgumentException()
                .isThrownBy(cluster.toBuilder().port(1)::build)
                .withMessage("port: 1 beside the addresses of sentinels or of a cluster is not allowed;"
                        + " allowed is a port of a single server");
    }

    @Test
    void theTextShowsEverySettingButThePassword() {
        assertThat(everythingSet().build())
                .hasToString("RedisStreamConfig[topology=Single[address=redis.example.org:6380], database=2,"
                        + " username=bob, password=***, tls=RedisTls[trust=the Java platform's],"
                        + " connectionTimeout=11ms, commandTimeout=12ms,"
                        + " maxRetryAttempts=4, retryDelay=13ms, consumerGroupPrefix=group, consumerId=consumer,"
                        + " lease=140ms, maxAttempts=141, pollInterval=142ms, deduplicationWindow=15s, maxPayloadSize=16, keyPrefix=prefix:,"
                        + " durability=replicas:2]");
    }

    @Test
    void theTextDoesNotSpeakOfAPasswordWhereThereIsNone() {
        assertThat(RedisStreamConfig.defaults().toString())
                .doesNotContain("password")
                .doesNotContain("username");
    }

    @Test
    void theTextOfABuilderShowsNoPassword() {
        assertThat(everythingSet().toString()).doesNotContain("s3cret");
    }

    @Test
    void thePasswordIsNotInTheErrorAboutAnotherSetting() {
        assertThatIllegalArgumentException()
                .isThrownBy(everythingSet().lease(Duration.ZERO)::build)
                .withMessage("lease: 0ms is not allowed; allowed is 100ms to 12h");
    }

    @Test
    void nothingIsNull() {
        RedisStreamConfigBuilder builder = RedisStreamConfig.builder().maxRetryAttempts(1);

        assertThatNullPointerException().isThrownBy(() -> builder.topology(null));
        assertThatNullPointerException().isThrownBy(() -> builder.password(null));
        assertThatNullPointerException().isThrownBy(() -> builder.consumerId(null));
        assertThatNullPointerException().isThrownBy(() -> builder.lease(null)).withMessage("lease");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.keyPrefix(null))
                .withMessage("keyPrefix");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.durability(null))
                .withMessage("durability");
        assertThatNullPointerException()
                .isThrownBy(() -> RedisStreamConfig.fromUri(null))
                .withMessage("uri");
    }

    private static RedisStreamConfigBuilder everythingSet() {
        return RedisStreamConfig.builder()
                .host("redis.example.org")
                .port(6380)
                .database(2)
                .username("bob")
                .password("s3cret")
                .tls(true)
                .connectionTimeout(Duration.ofMillis(11))
                .commandTimeout(Duration.ofMillis(12))
                .maxRetryAttempts(4)
                .retryDelay(Duration.ofMillis(13))
                .consumerGroupPrefix("group")
                .consumerId("consumer")
                .lease(Duration.ofMillis(140))
                .maxAttempts(141)
                .pollInterval(Duration.ofMillis(142))
                .deduplicationWindow(Duration.ofSeconds(15))
                .maxPayloadSize(16)
                .keyPrefix("prefix:")
                .durability(Durability.replicas(2));
    }
}
