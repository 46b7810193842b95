package io.scheduler.infrastructure.redis;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to Redis: a Redisson client of our own, connected when it is first needed, or one that the caller owns.
 *
 * <p>Connecting happens on a thread of its own, so that nobody who publishes asynchronously is blocked by it. After a
 * failure the next call tries again; calls that come meanwhile share one try. A client of our own exists only while it
 * is connected: Redisson cleans up after itself when it cannot be.
 */
final class RedisConnection {

    /** How long {@link #close} waits at most: for a connect that is under way, and for Redisson to end. */
    static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(RedisConnection.class);

    private final Callable<RedissonClient> connector;
    private final boolean owned;
    private final String server;
    private volatile CompletableFuture<RedissonClient> client;
    private Optional<Thread> connecting = Optional.empty();
    private boolean closed;

    private RedisConnection(Callable<RedissonClient> connector, boolean owned, String server) {
        this.connector = connector;
        this.owned = owned;
        this.server = server;
        this.client = CompletableFuture.failedFuture(new IllegalStateException("Not connected yet"));
    }

    static RedisConnection own(RedisStreamConfig config) {
        return new RedisConnection(
                () -> Redisson.create(RedissonSettings.of(config)), true, describe(config.topology()));
    }

    static RedisConnection borrowed(RedissonClient client) {
        RedisConnection connection = new RedisConnection(() -> client, false, "Redis");
        connection.client = CompletableFuture.completedFuture(client);
        return connection;
    }

    private static String describe(RedisTopology topology) {
        if (topology instanceof RedisTopology.Single single) {
            return "Redis at " + single.address();
        } else if (topology instanceof RedisTopology.Sentinel sentinel) {
            return "Redis master '" + sentinel.masterName() + "' of the sentinels " + sentinel.sentinels();
        } else {
            return "Redis cluster at " + ((RedisTopology.Cluster) topology).nodes();
        }
    }

    /** What to call the server in errors and logs. */
    String server() {
        return server;
    }

    /** The connected client: at once, or when connecting ends. Never blocks. */
    CompletableFuture<RedissonClient> client() {
        CompletableFuture<RedissonClient> known = client;
        return known.isCompletedExceptionally() ? connect() : known;
    }

    private synchronized CompletableFuture<RedissonClient> connect() {
        if (closed || !client.isCompletedExceptionally()) {
            return client;
        }
        CompletableFuture<RedissonClient> attempt = new CompletableFuture<>();
        Thread thread = new Thread(() -> connect(attempt), "scheduler-redis-connect");
        thread.setDaemon(true);
        client = attempt;
        connecting = Optional.of(thread);
        thread.start();
        return attempt;
    }

    private void connect(CompletableFuture<RedissonClient> attempt) {
        try {
            RedissonClient connected = connector.call();
            log.info("Connected to {}", server);
            attempt.complete(connected);
        } catch (Exception e) {
            log.debug("Cannot connect to {}", server, e);
            attempt.completeExceptionally(e);
        }
    }

    /** Ends a client of our own and leaves a borrowed one alone. Blocks for at most twice {@link #CLOSE_TIMEOUT}. */
    void close() {
        if (!owned) {
            return;
        }
        Optional<Thread> thread;
        synchronized (this) {
            closed = true;
            thread = connecting;
        }
        thread.ifPresent(RedisConnection::end);
        if (client.isDone() && !client.isCompletedExceptionally()) {
            client.join().shutdown(0, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static void end(Thread thread) {
        thread.interrupt();
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
