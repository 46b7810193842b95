package io.scheduler.infrastructure.redis;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.redisson.Redisson;
import org.redisson.api.options.ObjectParams;
import org.redisson.api.options.OptionalOptions;
import org.redisson.api.stream.StreamMessageId;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.codec.Codec;
import org.redisson.client.codec.StringCodec;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.codec.CompositeCodec;
import org.redisson.command.CommandAsyncExecutor;

/**
 * Reads new entries for a consumer: natively and not by a script, because only a native read can wait for one, and
 * because it costs Redis less than half.
 *
 * <p>A read that waits holds its connection. It has connections of its own therefore, or, on a borrowed client, no more
 * than half of that client's; further readers wait for their turn. Safe for use by several threads.
 */
final class RedisStreamReader {

    /** How many reads wait at Redis at the same time, to a server. */
    static final int CONNECTIONS = 64;

    private static final Codec CODEC =
            new CompositeCodec(StringCodec.INSTANCE, ByteArrayCodec.INSTANCE, ByteArrayCodec.INSTANCE);

    private final RedisConnection connection;
    private final OptionalOptions options;
    private final Duration timeout;
    private final Semaphore turns;
    private final Set<CompletableFuture<?>> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    RedisStreamReader(RedisConnection connection, RedisStreamConfig config, int turns) {
        this.connection = connection;
        this.options =
                OptionalOptions.defaults().timeout(config.commandTimeout()).retryAttempts(0);
        this.timeout = config.connectionTimeout().plus(config.commandTimeout());
        this.turns = new Semaphore(turns, true);
    }

    /**
     * Takes entries that nobody has had. Blocks until there is one, for {@code wait} at most and then for what a
     * command may take.
     *
     * @param wait less than a millisecond takes what is there now
     * @return the entries, oldest first; empty if there were none, or no turn to wait
     * @throws ExecutionException with the bare failure
     */
    Map<StreamMessageId, Map<String, byte[]>> read(RedisKeys keys, String consumer, int maxEntries, Duration wait)
            throws ExecutionException, InterruptedException, TimeoutException {
        if (!turns.tryAcquire(Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS)) {
            return Map.of();
        }
        try {
            Redisson client = connection.client().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return await(send(client, keys, consumer, maxEntries, wait), wait);
        } finally {
            turns.release();
        }
    }

    /** Ends the reads that wait; they fail as cancelled. */
    void close() {
        closed = true;
        waiting.forEach(read -> read.cancel(true));
    }

    private CompletableFuture<Map<StreamMessageId, Map<String, byte[]>>> send(
            Redisson client, RedisKeys keys, String consumer, int maxEntries, Duration wait) {
        CommandAsyncExecutor executor = client.getCommandExecutor().copy((ObjectParams) options);
        long block = wait.toMillis();
        if (block == 0) {
            return executor.<Map<StreamMessageId, Map<Object, Object>>, Map<StreamMessageId, Map<String, byte[]>>>
                            writeAsync(
                                    keys.stream(),
                                    CODEC,
                                    RedisCommands.XREADGROUP_SINGLE,
                                    "GROUP",
                                    keys.group(),
                                    consumer,
                                    "COUNT",
                                    maxEntries,
                                    "STREAMS",
                                    keys.stream(),
                                    ">")
                    .toCompletableFuture();
        }
        return executor.<Map<StreamMessageId, Map<Object, Object>>, Map<StreamMessageId, Map<String, byte[]>>>
                        writeAsync(
                                keys.stream(),
                                CODEC,
                                RedisCommands.XREADGROUP_BLOCKING_SINGLE,
                                "GROUP",
                                keys.group(),
                                consumer,
                                "COUNT",
                                maxEntries,
                                "BLOCK",
                                block,
                                "STREAMS",
                                keys.stream(),
                                ">")
                .toCompletableFuture();
    }

    private <T> T await(CompletableFuture<T> read, Duration wait)
            throws ExecutionException, InterruptedException, TimeoutException {
        waiting.add(read);
        try {
            if (closed) {
                read.cancel(true);
            }
            return read.get(wait.plus(timeout).toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } finally {
            waiting.remove(read);
            // Whoever leaves early, by an interrupt or in time-out, must not leave a read behind that takes entries.
            read.cancel(true);
        }
    }
}
