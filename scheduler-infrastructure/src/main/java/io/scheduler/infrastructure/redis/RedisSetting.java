package io.scheduler.infrastructure.redis;

import static io.scheduler.infrastructure.redis.SettingType.DURATION;
import static io.scheduler.infrastructure.redis.SettingType.FILE;
import static io.scheduler.infrastructure.redis.SettingType.FLAG;
import static io.scheduler.infrastructure.redis.SettingType.SIZE;
import static io.scheduler.infrastructure.redis.SettingType.TEXT;
import static io.scheduler.infrastructure.redis.SettingType.WHOLE_NUMBER;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The table of all settings that can be given as text. A constant's name is the only name to keep: a URI's parameter
 * and an environment variable are called after it.
 */
enum RedisSetting {
    HOST(TEXT, RedisStreamConfigBuilder::host),
    PORT(WHOLE_NUMBER, RedisStreamConfigBuilder::port),
    DATABASE(WHOLE_NUMBER, RedisStreamConfigBuilder::database),
    USERNAME(TEXT, RedisStreamConfigBuilder::username),
    PASSWORD(TEXT, RedisStreamConfigBuilder::password),
    PASSWORD_FILE(FILE, RedisStreamConfigBuilder::passwordFile),
    TLS(FLAG, RedisStreamConfigBuilder::tls),
    TLS_CA_FILE(FILE, (builder, file) -> builder.tls().caFile = Optional.of(file)),
    TLS_TRUST_STORE(FILE, (builder, file) -> builder.tls().trustStore = Optional.of(file)),
    TLS_TRUST_STORE_PASSWORD(TEXT, (builder, secret) -> builder.tls().trustStorePassword = Optional.of(secret)),
    TLS_CERTIFICATE_FILE(FILE, (builder, file) -> builder.tls().certificateFile = Optional.of(file)),
    TLS_KEY_FILE(FILE, (builder, file) -> builder.tls().keyFile = Optional.of(file)),
    TLS_KEY_STORE(FILE, (builder, file) -> builder.tls().keyStore = Optional.of(file)),
    TLS_KEY_STORE_PASSWORD(TEXT, (builder, secret) -> builder.tls().keyStorePassword = Optional.of(secret)),
    CONNECTION_TIMEOUT(DURATION, RedisStreamConfigBuilder::connectionTimeout),
    COMMAND_TIMEOUT(DURATION, RedisStreamConfigBuilder::commandTimeout),
    MAX_RETRY_ATTEMPTS(WHOLE_NUMBER, RedisStreamConfigBuilder::maxRetryAttempts),
    RETRY_DELAY(DURATION, RedisStreamConfigBuilder::retryDelay),
    CONSUMER_GROUP_PREFIX(TEXT, RedisStreamConfigBuilder::consumerGroupPrefix),
    CONSUMER_ID(TEXT, RedisStreamConfigBuilder::consumerId),
    LEASE(DURATION, RedisStreamConfigBuilder::lease),
    MAX_ATTEMPTS(WHOLE_NUMBER, RedisStreamConfigBuilder::maxAttempts),
    POLL_INTERVAL(DURATION, RedisStreamConfigBuilder::pollInterval),
    DEDUPLICATION_WINDOW(DURATION, RedisStreamConfigBuilder::deduplicationWindow),
    MAX_PAYLOAD_SIZE(SIZE, RedisStreamConfigBuilder::maxPayloadSize),
    KEY_PREFIX(TEXT, RedisStreamConfigBuilder::keyPrefix),
    DURABILITY(SettingType.DURABILITY, RedisStreamConfigBuilder::durability);

    static final String VARIABLE_PREFIX = "SCHEDULER_REDIS_";

    private final BiConsumer<RedisStreamConfigBuilder, String> setter;

    <T> RedisSetting(SettingType<T> type, BiConsumer<RedisStreamConfigBuilder, T> setter) {
        this.setter = (builder, text) -> setter.accept(builder, type.read(parameter(), text));
    }

    /** Hands the value that the text stands for to the builder; its range is checked when the builder builds. */
    void set(RedisStreamConfigBuilder builder, String text) {
        setter.accept(builder, text);
    }

    /** Its name in Java, in a URI and in errors, for instance {@code commandTimeout}. */
    String parameter() {
        StringBuilder camelCase = new StringBuilder();
        for (String word : name().split("_")) {
            camelCase.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        camelCase.setCharAt(0, Character.toLowerCase(camelCase.charAt(0)));
        return camelCase.toString();
    }

    /** Its name in the environment, for instance {@code SCHEDULER_REDIS_COMMAND_TIMEOUT}. */
    String variable() {
        return VARIABLE_PREFIX + name();
    }

    static RedisSetting ofParameter(String parameter) {
        return find(RedisSetting::parameter, parameter)
                .orElseThrow(() -> new IllegalArgumentException("Redis URI: unknown parameter "
                        + Allowed.quoted(parameter) + "; allowed are " + list(RedisSetting::parameter)));
    }

    static RedisSetting ofVariable(String variable) {
        return find(RedisSetting::variable, variable)
                .orElseThrow(() -> new IllegalArgumentException(
                        variable + ": unknown environment variable; allowed are " + list(RedisSetting::variable)));
    }

    private static Optional<RedisSetting> find(Function<RedisSetting, String> naming, String wanted) {
        return Arrays.stream(values())
                .filter(setting -> naming.apply(setting).equals(wanted))
                .findFirst();
    }

    private static String list(Function<RedisSetting, String> naming) {
        return Arrays.stream(values()).map(naming).collect(Collectors.joining(", "));
    }
}
