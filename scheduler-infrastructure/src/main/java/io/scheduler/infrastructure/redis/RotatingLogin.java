package io.scheduler.infrastructure.redis;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.redisson.client.RedisConnectionException;
import org.redisson.config.Credentials;
import org.redisson.config.CredentialsResolver;

/**
 * Asks for user and password whenever a connection is made, so that they can change without a restart.
 *
 * <p>Redisson asks for sentinels too, and would send them user and password whether or not they want any. So they are
 * told apart before ({@link #isSentinel}), and get the password alone, if they ask for one.
 */
final class RotatingLogin implements CredentialsResolver {

    private final Supplier<RedisCredentials> source;
    private final Map<InetSocketAddress, Boolean> sentinels = new ConcurrentHashMap<>();

    private RotatingLogin(Supplier<RedisCredentials> source) {
        this.source = source;
    }

    /** Empty if user and password are fixed, or there are none. */
    static Optional<RotatingLogin> of(RedisStreamConfig config) {
        Optional<Supplier<RedisCredentials>> source = config.credentials()
                .or(() -> config.passwordFile()
                        .map(file -> () -> new RedisCredentials(config.username(), PasswordFile.read(file))));
        return source.map(RotatingLogin::new);
    }

    /** Says that a sentinel listens there, and whether it wants a password. */
    void isSentinel(InetSocketAddress address, boolean asking) {
        sentinels.put(address, asking);
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
        boolean sentinel = address != null && sentinels.containsKey(address);
        if (sentinel && !sentinels.get(address)) {
            return CompletableFuture.completedFuture(new Credentials());
        }
        try {
            RedisCredentials now = now();
            String username = sentinel ? null : now.username().orElse(null);
            return CompletableFuture.completedFuture(new Credentials(username, now.password()));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
