package io.scheduler.infrastructure.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
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
        master.lend(read.getCommand(), connectionTimeout).whenComplete((connection, failure) -> {
            if (failure == null) {
                sendOver(connection, master, read, wait);
            } else {
                read.tryFailure(RedisErrors.unwrap(failure));
            }
        });
        return read.getPromise();
    }

    private void sendOver(RedisConnection connection, Master master, EncodedCommand<?, Object> read, Duration wait) {
        read.writeTo(connection);
        deadlines
                .end(read.getPromise(), wait.plus(commandTimeout))
                .whenComplete((entries, failure) -> giveBack(connection, master, read, failure));
    }

    private static void giveBack(
            RedisConnection connection, Master master, EncodedCommand<?, Object> read, Throwable failure) {
        boolean calledOff = failure instanceof CancellationException || failure instanceof TimeoutException;
        // Another one than was lent, if Redisson has sent it again to a new master; that one it gives back itself.
        RedisConnection holder = read.writtenTo().orElse(connection);
        if (!calledOff || read.withdraw()) {
            master.giveBack(connection);
        } else if (holder == connection) {
            holder.forceFastReconnectAsync().whenComplete((reconnected, problem) -> master.giveBack(connection));
        } else {
            holder.forceFastReconnectAsync();
            master.giveBack(connection);
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
