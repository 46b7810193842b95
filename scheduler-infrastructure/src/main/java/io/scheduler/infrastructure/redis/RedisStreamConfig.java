package io.scheduler.infrastructure.redis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How to reach Redis, and how the queues on it behave. Immutable, and checked as a whole when it is built.
 *
 * <p>Make one with {@link #builder()}, {@link #fromUri} or {@link #fromEnvironment()}, rather than with the
 * constructor, which gains a parameter with each new setting. Durations count in whole milliseconds.
 *
 * @param topology which servers to ask; one server at 127.0.0.1:6379 by default
 * @param database the number of the database, 0 to 1000000, and 0 in a cluster; 0 by default
 * @param username the user to log in as, without blanks, only together with a password or a password file; by default
 *     none, which Redis takes for the user named {@code default}
 * @param password the password to log in with, not empty; by default none
 * @param passwordFile a file that holds the password and nothing else, instead of {@code password}; it is read anew for
 *     each connection, so a password is changed without a restart; by default none
 * @param credentials asked for user and password for each new connection, instead of those settings; it must answer at
 *     once, from memory or a file and not over the network, because it is asked on a thread of the network; by default
 *     none
 * @param tls how connections are encrypted; by default they are not
 * @param connectionTimeout how long connecting may take, 10 ms to 10 min; 5 s by default
 * @param commandTimeout how long Redis may take to answer one command, 10 ms to 10 min; 3 s by default
 * @param maxRetryAttempts how often a call is tried in all, the first try included, 1 to 100; 1 means no retry, 3 is
 *     the default
 * @param retryDelay how long to wait before the second try, the base of an exponential backoff, 1 ms to 10 min; 1 s by
 *     default
 * @param consumerGroupPrefix what the names of consumer groups begin with, 1 to 100 characters out of {@code A-Z a-z
 *     0-9 . _ : -}; {@code scheduler} by default
 * @param consumerId the name under which Redis knows this consumer, 1 to 200 characters out of {@code A-Z a-z 0-9 . _ :
 *     -}; by default made by the builder out of host name, process id and a random part, another one for each
 *     configuration
 * @param lease how long a consumer may hold a message before it is given to another one, 100 ms to 12 h; 30 s by
 *     default
 * @param maxAttempts how many times a message is handed out before it goes to the dead letters, 1 to 1000000; 10 by
 *     default
 * @param pollInterval how late at most a message whose delay or lease has ended reaches somebody who waits, 10 ms to 1
 *     min; 100 ms by default
 * @param deduplicationWindow how long the id of a published message is remembered, so that publishing it again adds no
 *     second entry, 1 s to 7 days, and no less than all attempts of one call may last; 2 min by default
 * @param maxPayloadSize the largest payload that is accepted, in bytes, 1 to 67108864 (64 MiB); 1 MiB by default
 * @param keyPrefix what the keys of all queues begin with, 0 to 100 characters out of {@code A-Z a-z 0-9 . _ : -};
 *     empty by default
 * @param durability who must have a message before its publication counts as done; {@link Durability#master()} by
 *     default
 */
public record RedisStreamConfig(
        RedisTopology topology,
        int database,
        Optional<String> username,
        Optional<String> password,
        Optional<Path> passwordFile,
        Optional<Supplier<RedisCredentials>> credentials,
        Optional<RedisTls> tls,
        Duration connectionTimeout,
        Duration commandTimeout,
        int maxRetryAttempts,
        Duration retryDelay,
        String consumerGroupPrefix,
        String consumerId,
        Duration lease,
        int maxAttempts,
        Duration pollInterval,
        Duration deduplicationWindow,
        int maxPayloadSize,
        String keyPrefix,
        Durability durability) {

    /** As RetryOptions has it. */
    private static final Duration LONGEST_RETRY_DELAY = Duration.ofSeconds(30);

    /**
     * Checks all settings.
     *
     * @throws IllegalArgumentException if one breaks its rule; the text names the setting, the value unless it is the
     *     password, and what is allowed
     */
    public RedisStreamConfig {
        Objects.requireNonNull(topology, "topology");
        if (topology instanceof RedisTopology.Cluster && database != 0) {
            throw Allowed.refusal("database", database + " in a cluster", "0, the only one that a cluster has");
        }
        Allowed.between("database", database, 0, 1_000_000);
        checkLogin(username, password, passwordFile, credentials);
        Allowed.between("connectionTimeout", connectionTimeout, Duration.ofMillis(10), Duration.ofMinutes(10));
        Allowed.between("commandTimeout", commandTimeout, Duration.ofMillis(10), Duration.ofMinutes(10));
        Allowed.between("maxRetryAttempts", maxRetryAttempts, 1, 100);
        Allowed.between("retryDelay", retryDelay, Duration.ofMillis(1), Duration.ofMinutes(10));
        Allowed.name("consumerGroupPrefix", consumerGroupPrefix, 1, 100);
        Allowed.name("consumerId", consumerId, 1, 200);
        Allowed.between("lease", lease, Duration.ofMillis(100), Duration.ofHours(12));
        Allowed.between("maxAttempts", maxAttempts, 1, 1_000_000);
        Allowed.between("pollInterval", pollInterval, Duration.ofMillis(10), Duration.ofMinutes(1));
        Allowed.between("deduplicationWindow", deduplicationWindow, Duration.ofSeconds(1), Duration.ofDays(7));
        if (maxRetryAttempts > 1) {
            requireWindowForRetries(
                    deduplicationWindow, maxRetryAttempts, connectionTimeout, commandTimeout, retryDelay);
        }
        Allowed.between("maxPayloadSize", maxPayloadSize, 1, 64 * 1024 * 1024);
        Allowed.name("keyPrefix", keyPrefix, 0, 100);
        Objects.requireNonNull(durability, "durability");
    }

    /**
     * A configuration in which every setting has its default: for a Redis on this machine.
     *
     * @return a configuration with a {@code consumerId} of its own
     */
    public static RedisStreamConfig defaults() {
        return builder().build();
    }

    /**
     * A builder that holds the defaults.
     *
     * @return a builder, for use by one thread
     */
    public static RedisStreamConfigBuilder builder() {
        return new RedisStreamConfigBuilder();
    }

    /**
     * Reads a URI. What it does not say has its default.
     *
     * <pre>
     * redis://[[user]:password@]host[:6379][/database][?setting=value&amp;…]
     * redis-sentinel://[[user]:password@]host[:26379],…/masterName[/database][?…]
     * redis-cluster://[[user]:password@]host[:6379],…[?…]
     * </pre>
     *
     * <ul>
     *   <li>TLS: {@code rediss}, {@code rediss-sentinel} and {@code rediss-cluster} instead, or the parameter
     *       {@code tls=true}.
     *   <li>IPv6 addresses are written in brackets: {@code redis://[::1]:6379}.
     *   <li>In user, password and parameter values, {@code % / ? # @ &} are percent-encoded as UTF-8: the password
     *       {@code p@ss} is written {@code p%40ss}. A plus is a plus.
     *   <li>Parameters are called as the settings here, such as {@code commandTimeout=500ms&lease=1m}. A setting may be
     *       given once.
     *   <li>Durations are whole numbers with {@code ms}, {@code s}, {@code m} or {@code h}, or ISO-8601 such as
     *       {@code PT2S}. Sizes are bytes, or whole numbers with {@code KiB} or {@code MiB}.
     *   <li>The parts of {@link RedisTls}, together with TLS: {@code tlsCaFile}, {@code tlsTrustStore} and
     *       {@code tlsTrustStorePassword}, {@code tlsCertificateFile} and {@code tlsKeyFile}, {@code tlsKeyStore} and
     *       {@code tlsKeyStorePassword}.
     *   <li>The durability is written {@code master}, {@code replicas:1}, {@code master-disk}, {@code replica-disks:1}
     *       or {@code master-disk+replica-disks:1}.
     * </ul>
     *
     * @param uri the URI
     * @return the configuration
     * @throws IllegalArgumentException if the URI is malformed, or a setting unknown, given twice or not allowed; the
     *     text says which, and never shows the password or the URI
     */
    public static RedisStreamConfig fromUri(String uri) {
        return RedisUri.read(Objects.requireNonNull(uri, "uri")).build();
    }

    /**
     * Reads the environment variables of this process.
     *
     * <p>{@code REDIS_URL} is a URI as in {@link #fromUri}, {@code redis://127.0.0.1:6379} by default. Each setting can
     * be overridden by a variable of its own, written as in a URI but without percent-encoding:
     * {@code SCHEDULER_REDIS_} and the name in upper case, such as {@code SCHEDULER_REDIS_COMMAND_TIMEOUT=500ms}.
     * {@code SCHEDULER_REDIS_HOST} and {@code SCHEDULER_REDIS_PORT} are for a single server only. A variable that is
     * empty counts as not set.
     *
     * @return the configuration
     * @throws IllegalArgumentException if a variable that begins with {@code SCHEDULER_REDIS_} is unknown, which is
     *     most often a typing error, or a value is not allowed; the text says which, and never shows the password or
     *     the URI
     */
    public static RedisStreamConfig fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    /**
     * Reads the given variables as {@link #fromEnvironment()} reads those of this process.
     *
     * @param variables names and values; others than those named there are ignored
     * @return the configuration
     * @throws IllegalArgumentException as there
     */
    public static RedisStreamConfig fromEnvironment(Map<String, String> variables) {
        return RedisEnvironment.read(variables).build();
    }

    /**
     * A builder that holds the settings of this configuration, its {@code consumerId} included.
     *
     * @return a builder, for use by one thread
     */
    public RedisStreamConfigBuilder toBuilder() {
        return new RedisStreamConfigBuilder(this);
    }

    /** All settings, with {@code ***} in place of a password. */
    @Override
    public String toString() {
        return "RedisStreamConfig[topology=" + topology
                + ", database=" + database
                + username.map(name -> ", username=" + name).orElse("")
                + password.map(secret -> ", password=***").orElse("")
                + passwordFile.map(file -> ", passwordFile=" + file).orElse("")
                + credentials.map(source -> ", credentials=***").orElse("")
                + ", tls=" + tls.map(RedisTls::toString).orElse("false")
                + ", connectionTimeout=" + DurationText.of(connectionTimeout)
                + ", commandTimeout=" + DurationText.of(commandTimeout)
                + ", maxRetryAttempts=" + maxRetryAttempts
                + ", retryDelay=" + DurationText.of(retryDelay)
                + ", consumerGroupPrefix=" + consumerGroupPrefix
                + ", consumerId=" + consumerId
                + ", lease=" + DurationText.of(lease)
                + ", maxAttempts=" + maxAttempts
                + ", pollInterval=" + DurationText.of(pollInterval)
                + ", deduplicationWindow=" + DurationText.of(deduplicationWindow)
                + ", maxPayloadSize=" + maxPayloadSize
                + ", keyPrefix=" + keyPrefix
                + ", durability=" + durability + "]";
    }

    /** A publication that is repeated after its id was forgotten would be stored twice. */
    private static void requireWindowForRetries(
            Duration window, int attempts, Duration connectionTimeout, Duration commandTimeout, Duration retryDelay) {
        Duration longest =
                connectionTimeout.plus(commandTimeout.multipliedBy(2)).multipliedBy(attempts);
        Duration delay = retryDelay;
        for (int i = 1; i < attempts; i++) {
            longest = longest.plus(delay.multipliedBy(3).dividedBy(2));
            delay = delay.multipliedBy(2).compareTo(LONGEST_RETRY_DELAY) < 0
                    ? delay.multipliedBy(2)
                    : LONGEST_RETRY_DELAY;
        }
        if (window.compareTo(longest) < 0) {
            throw Allowed.refusal(
                    "deduplicationWindow",
                    DurationText.of(window),
                    "at least " + DurationText.of(Duration.ofSeconds(longest.toSeconds() + 1)) + ", because the "
                            + attempts + " attempts of one call may last as long (maxRetryAttempts, connectionTimeout,"
                            + " commandTimeout, retryDelay)");
        }
    }

    private static void checkLogin(
            Optional<String> username,
            Optional<String> password,
            Optional<Path> passwordFile,
            Optional<Supplier<RedisCredentials>> credentials) {
        password.ifPresent(RedisCredentials::requirePassword);
        passwordFile.ifPresent(file -> {
            if (password.isPresent()) {
                throw Allowed.refusal("passwordFile", "one beside a password", "one of the two");
            }
            PasswordFile.read(file);
        });
        if (credentials.isPresent() && (username.isPresent() || password.isPresent() || passwordFile.isPresent())) {
            throw Allowed.refusal(
                    "credentials", "a source of them beside username, password or passwordFile", "the source alone");
        }
        username.ifPresent(name -> {
            RedisCredentials.requireUsername(name);
            if (password.isEmpty() && passwordFile.isEmpty()) {
                throw Allowed.refusal(
                        "username",
                        Allowed.quoted(name) + " without a password",
                        "a username together with a password or a passwordFile");
            }
        });
    }
}
