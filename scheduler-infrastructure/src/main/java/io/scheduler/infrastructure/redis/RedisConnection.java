package io.scheduler.infrastructure.redis;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisConnectionException;
import org.redisson.config.Config;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to Redis: a Redisson client of our own, connected when it is first needed, or one that the caller owns.
 *
 * <p>Connecting happens on a thread of its own, so that nobody who publishes asynchronously is blocked by it. After a
 * failure the next call tries again; calls that come meanwhile share one try. A client of our own exists only while it
 * is connected.
 */
final class RedisConnection {

    /** How long {@link #close} waits at most: for a connect that is under way, and for Redisson to end. */
    static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(RedisConnection.class);

    private final Callable<Redisson> connector;
    private final boolean owned;
    private final String server;
    private final String purpose;
    private volatile CompletableFuture<Redisson> client;

    /** Which event loop its callers may serve, if there is one. */
    private volatile Optional<CallerServedLoop> loop = Optional.empty();

    private Optional<Thread> connecting = Optional.empty();
    private boolean closed;

    /** Guarded by this until it is closed: what closing ends. */
    private Optional<Redisson> ours = Optional.empty();

    private RedisConnection(Callable<Redisson> connector, boolean owned, String server, String purpose) {
        this.connector = connector;
        this.owned = owned;
        this.server = server;
        this.purpose = purpose;
        this.client = CompletableFuture.failedFuture(new IllegalStateException("Not connected yet"));
    }

    /** A client of our own, for one purpose, with at most so many connections to a server. */
    static RedisConnection own(RedisStreamConfig config, String purpose, int connections) {
        return new RedisConnection(
                () -> connected(RedissonSettings.of(config, connections)),
                true,
                describe(config.topology()) + (config.tls().isPresent() ? " (TLS)" : ""),
                purpose);
    }

    /**
     * A client of the caller's.
     *
     * @throws IllegalArgumentException if it is not Redisson's own class, whose commands bypass name mappers and codecs
     */
    static RedisConnection borrowed(RedissonClient client) {
        if (!(client instanceof Redisson redisson)) {
            throw new IllegalArgumentException(
                    "The client is a " + client.getClass().getName()
                            + "; allowed is what Redisson.create returns, without a proxy around it");
        }
        RedisConnection connection = new RedisConnection(() -> redisson, false, "Redis", "everything");
        connection.client = CompletableFuture.completedFuture(redisson);
        return connection;
    }

    /**
     * A client that is connected, or none. Redisson leaves its threads behind where connecting fails late; one that is
     * made without connecting can be shut down whatever happens then.
     */
    private static Redisson connected(Config settings) {
        settings.setLazyInitialization(true);
        Redisson redisson = created(settings);
        try {
            redisson.getCommandExecutor().getConnectionManager().getEntrySet();
            return redisson;
        } catch (RuntimeException | Error e) {
            shutDown(redisson);
            throw e;
        }
    }

    private static Redisson created(Config settings) {
        try {
            return (Redisson) Redisson.create(settings);
        } catch (RuntimeException | Error e) {
            group(settings).ifPresent(EventLoopGroup::shutdownGracefully);
            throw e;
        }
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

    /** How many connections a borrowed client may have to a master. */
    int poolSize() {
        return client.join()
                .getCommandExecutor()
                .getConnectionManager()
                .getServiceManager()
                .getConfig()
                .getMasterConnectionPoolSize();
    }

    /** What to call the server in errors and logs. */
    String server() {
        return server;
    }

    /**
     * Makes a call to this client and waits for its end. Where it can, it serves the client's connections meanwhile.
     */
    <T> T await(Supplier<CompletableFuture<T>> call) throws ExecutionException, InterruptedException {
        Optional<CallerServedLoop> served = loop;
        return served.isPresent() ? served.get().await(call) : call.get().get();
    }

    /**
     * Sends something to Redis, within such a call or by itself. All that goes through this client has to be counted.
     */
    <T> CompletableFuture<T> counted(Supplier<CompletableFuture<T>> sending) {
        return loop.map(served -> served.counted(sending)).orElseGet(sending);
    }

    /** Makes a call to this client whose answer comes by itself. Does not block. */
    <T> CompletableFuture<T> start(Supplier<CompletableFuture<T>> call) {
        return loop.map(served -> served.start(call)).orElseGet(call);
    }

    /** The connected client: at once, or when connecting ends. Never blocks. */
    CompletableFuture<Redisson> client() {
        CompletableFuture<Redisson> known = client;
        return known.isCompletedExceptionally() ? connect() : known;
    }

    private synchronized CompletableFuture<Redisson> connect() {
        if (closed) {
            return CompletableFuture.failedFuture(new RedisConnectionException("this queue is closed"));
        }
        if (!client.isCompletedExceptionally()) {
            return client;
        }
        CompletableFuture<Redisson> attempt = new CompletableFuture<>();
        Thread thread = new Thread(() -> connect(attempt), "scheduler-redis-connect");
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            // The machine allows no further thread now: a failure like another, and the next call tries again.
            return CompletableFuture.failedFuture(new RedisConnectionException("no thread to connect with", e));
        }
        client = attempt;
        connecting = Optional.of(thread);
        return attempt;
    }

    private void connect(CompletableFuture<Redisson> attempt) {
        try {
            Redisson connected = connector.call();
            if (!keep(connected)) {
                shutDown(connected);
                throw new RedisConnectionException("this queue is closed");
            }
            log.info("Connected to {} for {}", server, purpose);
            attempt.complete(connected);
        } catch (Throwable e) {
            // Errors too, such as a class that is missing: whoever waits must be told, and the next call must try
            // again.
            log.debug("Cannot connect to {} for {}", server, purpose, e);
            attempt.completeExceptionally(e);
        }
    }

    /** Takes a client to be ended by {@link #close}; false if that has gone on without it. */
    private synchronized boolean keep(Redisson connected) {
        if (!closed) {
            ours = Optional.of(connected);
            loop = group(connected.getConfig()).map(CallerServedLoop.Group::loop);
        }
        return !closed;
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
        ours.ifPresent(RedisConnection::shutDown);
    }

    private static void shutDown(Redisson redisson) {
        long end = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
        try {
            redisson.shutdown(0, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            group(redisson.getConfig()).ifPresent(group -> {
                Future<?> ended = group.shutdownGracefully(0, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
                ended.awaitUninterruptibly(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            });
        }
    }

    private static Optional<CallerServedLoop.Group> group(Config settings) {
        return Optional.ofNullable((CallerServedLoop.Group) settings.getEventLoopGroup());
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
