package io.scheduler.infrastructure.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.redisson.Redisson;
import org.redisson.api.options.ObjectParams;
import org.redisson.api.options.OptionalOptions;
import org.redisson.api.stream.StreamMessageId;
import org.redisson.client.protocol.RedisCommand;
import org.redisson.client.protocol.RedisCommands;
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

    private final RedisConnection commands;
    private final RedisConnection waits;
    private final Optional<WaitingReads> direct;
    private final OptionalOptions options;
    private final Duration timeout;
    private final Deadlines deadlines;
    private final Semaphore turns;
    private final Set<CompletableFuture<?>> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param commands for reads that do not wait
     * @param waits for reads that do
     * @param direct how reads that wait travel, where not by Redisson's executor
     * @param turns how many may wait at the same time
     */
    RedisStreamReader(
            RedisConnection commands,
            RedisConnection waits,
            Optional<WaitingReads> direct,
            RedisStreamConfig config,
            Deadlines deadlines,
            int turns) {
        this.commands = commands;
        this.waits = waits;
        this.direct = direct;
        this.options =
                OptionalOptions.defaults().timeout(config.commandTimeout()).retryAttempts(0);
        this.timeout = config.connectionTimeout().plus(config.commandTimeout());
        this.deadlines = deadlines;
        this.turns = new Semaphore(turns, true);
    }

    /**
     * Takes entries that nobody has had. Blocks until there is one, for {@code wait} at most and then for what a
     * command may take.
     *
     * @param wait less than a millisecond takes what is there now
     * @return the entries, oldest first; empty if there were none
     * @throws ExecutionException with the bare failure
     */
    List<ReceivedEntry> read(RedisKeys keys, String consumer, int maxEntries, Duration wait)
            throws ExecutionException, InterruptedException, TimeoutException {
        if (wait.toMillis() == 0) {
            return take(keys, consumer, maxEntries);
        }
        if (turns.tryAcquire()) {
            return takeInTurn(keys, consumer, maxEntries, wait);
        }
        // Without a turn to wait at Redis: what is there now, before and after waiting for one.
        long end = System.nanoTime() + wait.toNanos();
        List<ReceivedEntry> entries = take(keys, consumer, maxEntries);
        if (!entries.isEmpty()) {
            return entries;
        }
        if (turns.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            Duration rest = Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
            return takeInTurn(keys, consumer, maxEntries, rest);
        }
        return take(keys, consumer, maxEntries);
    }

    private List<ReceivedEntry> take(RedisKeys keys, String consumer, int maxEntries)
            throws ExecutionException, InterruptedException, TimeoutException {
        Redisson client = commands.client().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        return await(
                commands,
                () -> send(client, RedisCommands.XREADGROUP_SINGLE, keys, arguments(keys, consumer, maxEntries)),
                Duration.ZERO);
    }

    /** Gives the turn back. */
    private List<ReceivedEntry> takeInTurn(RedisKeys keys, String consumer, int maxEntries, Duration wait)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            Redisson client = waits.client().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            List<Object> arguments = arguments(keys, consumer, maxEntries, "BLOCK", wait.toMillis());
            return await(
                    waits,
                    () -> direct.map(reads -> reads.send(client, arguments, wait))
                            .orElseGet(() -> send(client, RedisCommands.XREADGROUP_BLOCKING_SINGLE, keys, arguments)),
                    wait);
        } finally {
            turns.release();
        }
    }

    private static List<Object> arguments(RedisKeys keys, String consumer, int maxEntries, Object... block) {
        List<Object> arguments = new ArrayList<>(List.of("GROUP", keys.group(), consumer, "COUNT", maxEntries));
        arguments.addAll(List.of(block));
        arguments.addAll(List.of("STREAMS", keys.stream(), ">"));
        return arguments;
    }

    /** Ends the reads that wait; they fail as cancelled. */
    void close() {
        closed = true;
        waiting.forEach(read -> read.cancel(true));
    }

    private CompletableFuture<Object> send(
            Redisson client,
            RedisCommand<Map<StreamMessageId, Map<Object, Object>>> command,
            RedisKeys keys,
            List<Object> arguments) {
        CommandAsyncExecutor executor = client.getCommandExecutor().copy((ObjectParams) options);
        return executor.<Map<StreamMessageId, Map<Object, Object>>, Object>writeAsync(
                        keys.stream(), EntryCodec.INSTANCE, command, arguments.toArray())
                .toCompletableFuture();
    }

    private List<ReceivedEntry> await(
            RedisConnection connection, Supplier<CompletableFuture<Object>> sending, Duration wait)
            throws ExecutionException, InterruptedException {
        try (Read read =
                new Read(() -> connection.counted(sending), wait.plus(timeout).plusSeconds(1))) {
            return received(connection.await(read));
        }
    }

    /** One read, which ends when it is closed, or when the reader is. */
    private final class Read implements Supplier<CompletableFuture<Object>>, AutoCloseable {

        private final Supplier<CompletableFuture<Object>> sending;
        private final Duration deadline;
        private Optional<CompletableFuture<Object>> answer = Optional.empty();

        Read(Supplier<CompletableFuture<Object>> sending, Duration deadline) {
            this.sending = sending;
            this.deadline = deadline;
        }

        /** Sends it. */
        @Override
        public CompletableFuture<Object> get() {
            CompletableFuture<Object> sent = sending.get();
            answer = Optional.of(sent);
            waiting.add(sent);
            if (closed) {
                sent.cancel(true);
            }
            return deadlines.end(sent, deadline);
        }

        /** Whoever leaves early, by an interrupt or in time-out, must not leave a read behind that takes entries. */
        @Override
        public void close() {
            answer.ifPresent(sent -> {
                waiting.remove(sent);
                sent.cancel(true);
            });
        }
    }

    /** Connections of our own read with {@link EntriesDecoder}, those of a borrowed client as Redisson does. */
    @SuppressWarnings("unchecked")
    private static List<ReceivedEntry> received(Object answer) {
        return answer instanceof Map
                ? ReceivedEntry.of((Map<StreamMessageId, Map<String, byte[]>>) answer)
                : (List<ReceivedEntry>) answer;
    }
}
