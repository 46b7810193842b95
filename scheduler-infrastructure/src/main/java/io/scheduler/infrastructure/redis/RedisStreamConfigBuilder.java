package io.scheduler.infrastructure.redis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Builds a {@link RedisStreamConfig} step by step; for use by one thread. Rules are checked by {@link #build}.
 *
 * <p>What is not set has the default that {@link RedisStreamConfig} names.
 */
public final class RedisStreamConfigBuilder {

    private final ServersDraft servers = new ServersDraft(RedisTopology.single("127.0.0.1", 6379));
    private int database = 0;
    private Optional<String> username = Optional.empty();
    private Optional<String> password = Optional.empty();
    private Optional<Path> passwordFile = Optional.empty();
    private Optional<Supplier<RedisCredentials>> credentials = Optional.empty();
    private final TlsDraft tls = new TlsDraft();
    private Duration connectionTimeout = Duration.ofSeconds(5);
    private Duration commandTimeout = Duration.ofSeconds(3);
    private int maxRetryAttempts = 3;
    private Duration retryDelay = Duration.ofSeconds(1);
    private String consumerGroupPrefix = "scheduler";
    private Optional<String> consumerId = Optional.empty();
    private Duration lease = Duration.ofSeconds(30);
    private int maxAttempts = 10;
    private Duration pollInterval = Duration.ofMillis(100);
    private Duration deduplicationWindow = Duration.ofMinutes(2);
    private int maxPayloadSize = 1024 * 1024;
    private String keyPrefix = "";
    private Durability durability = Durability.master();

    RedisStreamConfigBuilder() {}

    RedisStreamConfigBuilder(RedisStreamConfig origin) {
        servers.topology(origin.topology());
        database = origin.database();
        username = origin.username();
        password = origin.password();
        passwordFile = origin.passwordFile();
        credentials = origin.credentials();
        origin.tls().ifPresent(tls::set);
        connectionTimeout = origin.connectionTimeout();
        commandTimeout = origin.commandTimeout();
        maxRetryAttempts = origin.maxRetryAttempts();
        retryDelay = origin.retryDelay();
        consumerGroupPrefix = origin.consumerGroupPrefix();
        consumerId = Optional.of(origin.consumerId());
        lease = origin.lease();
        maxAttempts = origin.maxAttempts();
        pollInterval = origin.pollInterval();
        deduplicationWindow = origin.deduplicationWindow();
        maxPayloadSize = origin.maxPayloadSize();
        keyPrefix = origin.keyPrefix();
        durability = origin.durability();
    }

    /**
     * Sets which servers to ask, in place of any host and port that were set before.
     *
     * @param value one server, sentinels, or a cluster
     * @return this builder
     */
    public RedisStreamConfigBuilder topology(RedisTopology value) {
        servers.topology(value);
        return this;
    }

    /**
     * Sets the host of a single server, and leaves its port as it is.
     *
     * @param value a host name, an IPv4 address, or an IPv6 address with or without brackets
     * @return this builder
     */
    public RedisStreamConfigBuilder host(String value) {
        servers.host(value);
        return this;
    }

    /**
     * Sets the port of a single server, and leaves its host as it is.
     *
     * @param value 1 to 65535
     * @return this builder
     */
    public RedisStreamConfigBuilder port(int value) {
        servers.port(value);
        return this;
    }

    /**
     * Sets the number of the database.
     *
     * @param value 0 to 1000000, and 0 in a cluster
     * @return this builder
     */
    public RedisStreamConfigBuilder database(int value) {
        database = value;
        return this;
    }

    /**
     * Sets the user to log in as.
     *
     * @param value a name without blanks; a password is needed too
     * @return this builder
     */
    public RedisStreamConfigBuilder username(String value) {
        username = Optional.of(value);
        return this;
    }

    /**
     * Sets the password to log in with.
     *
     * @param value at least one character
     * @return this builder
     */
    public RedisStreamConfigBuilder password(String value) {
        password = Optional.of(value);
        return this;
    }

    /**
     * Sets the file that holds the password, instead of {@link #password}. It is read anew for each connection.
     *
     * @param value a file with one line, the password
     * @return this builder
     */
    public RedisStreamConfigBuilder passwordFile(Path value) {
        passwordFile = Optional.of(value);
        return this;
    }

    /**
     * Sets whom to ask for user and password, for each new connection, instead of setting them. What changes over time
     * needs no restart.
     *
     * @param value answers at once, from memory or a file; may be asked by several threads at the same time, among them
     *     those that call the queue
     * @return this builder
     */
    public RedisStreamConfigBuilder credentials(Supplier<RedisCredentials> value) {
        credentials = Optional.of(value);
        return this;
    }

    /**
     * Sets whether connections are encrypted.
     *
     * @param value true for TLS, with the authorities that the Java platform trusts unless {@link #tls(RedisTls)} says
     *     otherwise
     * @return this builder
     */
    public RedisStreamConfigBuilder tls(boolean value) {
        tls.enabled = value;
        return this;
    }

    /**
     * Encrypts connections, and sets whom to trust and what to show.
     *
     * @param value the settings of TLS
     * @return this builder
     */
    public RedisStreamConfigBuilder tls(RedisTls value) {
        tls.set(value);
        return this;
    }

    TlsDraft tls() {
        return tls;
    }

    /**
     * Sets how long connecting may take.
     *
     * @param value 10 ms to 10 min
     * @return this builder
     */
    public RedisStreamConfigBuilder connectionTimeout(Duration value) {
        connectionTimeout = Objects.requireNonNull(value, "connectionTimeout");
        return this;
    }

    /**
     * Sets how long Redis may take to answer one command.
     *
     * @param value 10 ms to 10 min
     * @return this builder
     */
    public RedisStreamConfigBuilder commandTimeout(Duration value) {
        commandTimeout = Objects.requireNonNull(value, "commandTimeout");
        return this;
    }

    /**
     * Sets how often a call is tried in all, the first try included.
     *
     * @param value 1 to 100; 1 means no retry
     * @return this builder
     */
    public RedisStreamConfigBuilder maxRetryAttempts(int value) {
        maxRetryAttempts = value;
        return this;
    }

    /**
     * Sets how long to wait before the second try, the base of the exponential backoff.
     *
     * @param value 1 ms to 10 min
     * @return this builder
     */
    public RedisStreamConfigBuilder retryDelay(Duration value) {
        retryDelay = Objects.requireNonNull(value, "retryDelay");
        return this;
    }

    /**
     * Sets what the names of consumer groups begin with. Consumers share the work of a queue if they share the prefix.
     *
     * @param value 1 to 100 characters out of {@code A-Z a-z 0-9 . _ : -}
     * @return this builder
     */
    public RedisStreamConfigBuilder consumerGroupPrefix(String value) {
        consumerGroupPrefix = Objects.requireNonNull(value, "consumerGroupPrefix");
        return this;
    }

    /**
     * Sets the name under which Redis knows this consumer. No two that run at one time may share it.
     *
     * @param value 1 to 200 characters out of {@code A-Z a-z 0-9 . _ : -}
     * @return this builder
     */
    public RedisStreamConfigBuilder consumerId(String value) {
        consumerId = Optional.of(value);
        return this;
    }

    /**
     * Sets how long a consumer may hold a message before it is given to another one.
     *
     * @param value 100 ms to 12 h
     * @return this builder
     */
    public RedisStreamConfigBuilder lease(Duration value) {
        lease = Objects.requireNonNull(value, "lease");
        return this;
    }

    /**
     * Sets how many times a message is handed out before it goes to the dead letters.
     *
     * @param value 1 to 1000000
     * @return this builder
     */
    public RedisStreamConfigBuilder maxAttempts(int value) {
        maxAttempts = value;
        return this;
    }

    /**
     * Sets how late at most a message whose delay or lease has ended reaches somebody who waits.
     *
     * @param value 10 ms to 1 min; while somebody waits, each queue costs Redis one short script in this time
     * @return this builder
     */
    public RedisStreamConfigBuilder pollInterval(Duration value) {
        pollInterval = Objects.requireNonNull(value, "pollInterval");
        return this;
    }

    /**
     * Sets how long the id of a published message is remembered, so that publishing it again adds no second entry.
     *
     * @param value 1 s to 7 days
     * @return this builder
     */
    public RedisStreamConfigBuilder deduplicationWindow(Duration value) {
        deduplicationWindow = Objects.requireNonNull(value, "deduplicationWindow");
        return this;
    }

    /**
     * Sets the largest payload that is accepted.
     *
     * @param value 1 to 67108864 bytes (64 MiB)
     * @return this builder
     */
    public RedisStreamConfigBuilder maxPayloadSize(int value) {
        maxPayloadSize = value;
        return this;
    }

    /**
     * Sets what the keys of all queues begin with.
     *
     * @param value 0 to 100 characters out of {@code A-Z a-z 0-9 . _ : -}
     * @return this builder
     */
    public RedisStreamConfigBuilder keyPrefix(String value) {
        keyPrefix = Objects.requireNonNull(value, "keyPrefix");
        return this;
    }

    /**
     * Sets who must have a message before its publication counts as done.
     *
     * @param value the durability
     * @return this builder
     */
    public RedisStreamConfigBuilder durability(Durability value) {
        durability = Objects.requireNonNull(value, "durability");
        return this;
    }

    /**
     * Builds the configuration. The first call may look up the name of this machine, for the default of
     * {@code consumerId}.
     *
     * @return the configuration
     * @throws IllegalArgumentException if a setting breaks its rule, or host or port were set with a topology that has
     *     several addresses; the text names the setting, the value unless it is the password, and what is allowed
     */
    public RedisStreamConfig build() {
        return new RedisStreamConfig(
                servers.build(),
                database,
                username,
                password,
                passwordFile,
                credentials,
                tls.build(),
                connectionTimeout,
                commandTimeout,
                maxRetryAttempts,
                retryDelay,
                consumerGroupPrefix,
                consumerId.orElseGet(ConsumerId::unique),
                lease,
                maxAttempts,
                pollInterval,
                deduplicationWindow,
                maxPayloadSize,
                keyPrefix,
                durability);
    }
}
