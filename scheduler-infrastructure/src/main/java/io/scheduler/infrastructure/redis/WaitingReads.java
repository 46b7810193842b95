package io.scheduler.infrastructure.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.redisson.Redisson;
import org.redisson.client.RedisConnection;
import org.redisson.client.protocol.RedisCommands;

/**
 * Sends reads that wait at Redis, already encoded, each over a connection that is lent to it until it ends. Redisson,
 * which lends it, sends a read again when its connection breaks, or when another server becomes the master. Its own
 * executor does the same in so many steps that they were up to a quarter of the time from publishing a message to
 * having it.
 *
 * <p>For clients of our own, and not for a cluster, which redirects reads. Safe for use by several threads; nothing
 * here blocks.
 */
final class WaitingReads {

    private final Deadlines deadlines;
    private final Duration connectionTimeout;
    private final Duration commandTimeout;

    WaitingReads(Deadlines deadlines, RedisStreamConfig config) {
        this.deadlines = deadlines;
        this.connectionTimeout = config.connectionTimeout();
        this.commandTimeout = config.commandTimeout();
    }

    /**
     * Sends a read. If its future ends without an answer, because somebody cancels it or the time is over, its
     * connection is replaced: Redis would go on waiting, and hand out entries to nobody.
     *
     * @param arguments of an {@code XREADGROUP} of one stream
     * @param wait what they say after {@code BLOCK}
     */
    CompletableFuture<Object> send(Redisson client, List<Object> arguments, Duration wait) {
        EncodedCommand<?, Object> read = new EncodedCommand<>(
                EntryCodec.INSTANCE,
                RedisCommands.XREADGROUP_BLOCKING_SINGLE,
                arguments.toArray(), // by which Redisson finds the key when it sends it again
                RespRequest.of(parts(arguments)));
        Master master = Master.of(client, deadlines);
        CompletableFuture<Object> entries = new CompletableFuture<>();
        master.lend(read.getCommand(), connectionTimeout).whenComplete((connection, failure) -> {
            if (failure != null) {
                entries.completeExceptionally(RedisErrors.unwrap(failure));
            } else if (entries.isDone()) {
                master.giveBack(connection);
            } else {
                sendOver(connection, master, read, entries);
                deadlines.end(entries, wait.plus(commandTimeout)).whenComplete((answer, late) -> callOff(read));
            }
        });
        return entries;
    }

    private static void sendOver(
            RedisConnection connection,
            Master master,
            EncodedCommand<?, Object> read,
            CompletableFuture<Object> entries) {
        read.getPromise().whenComplete((answer, failure) -> {
            master.giveBack(connection);
            if (failure == null) {
                entries.complete(answer);
            } else {
                entries.completeExceptionally(failure);
            }
        });
        read.writeTo(connection);
    }

    /** Ends a read that has no answer yet, when nobody can be lent the connection with it. */
    private static void callOff(EncodedCommand<?, Object> read) {
        if (read.isExecuted()) {
            return;
        }
        boolean mayWait = !read.withdraw();
        // Another one than was lent, if Redisson has sent it again to a new master.
        Optional<RedisConnection> holder = read.writtenTo();
        if (mayWait && holder.isPresent() && !holder.get().isClosed()) {
            holder.get()
                    .forceFastReconnectAsync()
                    .whenComplete((reconnected, problem) -> read.getPromise().cancel(false));
        } else {
            read.getPromise().cancel(false);
        }
    }

    private static List<byte[]> parts(List<Object> arguments) {
        List<byte[]> parts = new ArrayList<>(arguments.size() + 1);
        parts.add(bytes(RedisCommands.XREADGROUP_BLOCKING_SINGLE.getName()));
        arguments.forEach(argument -> parts.add(bytes(argument)));
        return parts;
    }

    private static byte[] bytes(Object argument) {
        return argument.toString().getBytes(StandardCharsets.UTF_8);
    }
}
