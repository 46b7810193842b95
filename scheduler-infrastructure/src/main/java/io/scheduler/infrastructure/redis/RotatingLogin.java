package io.scheduler.infrastructure.redis;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.redisson.client.RedisConnectionException;
import org.redisson.config.Credentials;
import org.redisson.config.CredentialsResolver;

/**
 * Asks for user and password whenever a connection is made, so that they can change without a restart.
 *
 * <p>Redisson asks for sentinels too, and would send them the password whether or not they want one. They are told by
 * the port on which the configured ones listen, and log in as Redisson does without this: only if they ask for it.
 */
final class RotatingLogin implements CredentialsResolver {

    private final Supplier<RedisCredentials> source;
    private final Set<Integer> sentinelPorts;

    private RotatingLogin(Supplier<RedisCredentials> source, Set<Integer> sentinelPorts) {
        this.source = source;
        this.sentinelPorts = sentinelPorts;
    }

    /** Empty if user and password are fixed, or there are none. */
    static Optional<RotatingLogin> of(RedisStreamConfig config) {
        Optional<Supplier<RedisCredentials>> source = config.credentials()
                .or(() -> config.passwordFile()
                        .map(file -> () -> new RedisCredentials(config.username(), PasswordFile.read(file))));
        Set<Integer> ports = config.topology() instanceof RedisTopology.Sentinel sentinel
                ? sentinel.sentinels().stream().map(RedisAddress::port).collect(Collectors.toSet())
                : Set.of();
        return source.map(supplier -> new RotatingLogin(supplier, ports));
    }

    /**
     * What is valid now.
     *
     * @throws RedisConnectionException if the source fails: without a login nothing can be sent
     */
    RedisCredentials now() {
        try {
            RedisCredentials now = source.get();
            if (now == null) {
                throw new RedisConnectionException("the source of credentials gave none");
            }
            return now;
        } catch (RedisConnectionException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new RedisConnectionException("no credentials to log in with: " + e.getMessage(), e);
        }
    }

    /** Answers with a stage that is complete: Redisson sends what follows the login without waiting for it. */
    @Override
    public CompletionStage<Credentials> resolve(InetSocketAddress address) {
        if (address != null && sentinelPorts.contains(address.getPort())) {
            return CompletableFuture.completedFuture(new Credentials());
        }
        try {
            RedisCredentials now = now();
            return CompletableFuture.completedFuture(
                    new Credentials(now.username().orElse(null), now.password()));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
