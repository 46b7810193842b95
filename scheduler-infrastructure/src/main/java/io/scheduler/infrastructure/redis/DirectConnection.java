package io.scheduler.infrastructure.redis;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.redisson.Redisson;
import org.redisson.client.RedisConnection;
import org.redisson.client.RedisTimeoutException;
import org.redisson.client.protocol.RedisCommand;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.connection.MasterSlaveEntry;

/**
 * A connection to the master, which Redisson opens and looks after, and on which commands leave in the order in which
 * they were handed over. Redisson's own executor looks for a connection for each command, and lets one overtake another
 * when it does not find it at once.
 *
 * <p>For clients of our own, whose connections are shared by many commands, and not for a cluster, which redirects
 * them. Safe for use by several threads; nothing here blocks.
 */
final class DirectConnection {

    private final MasterSlaveEntry master;
    private final Deadlines deadlines;
    private final Duration timeout;

    /** Guarded by this: what waits for a connection. */
    private final Queue<EncodedCommand<?, ?>> waiting = new ArrayDeque<>();

    /** Null while something waits, because what comes then must not overtake it, and before the first command. */
    private volatile RedisConnection connection;

    private DirectConnection(MasterSlaveEntry master, Deadlines deadlines, Duration timeout) {
        this.master = master;
        this.deadlines = deadlines;
        this.timeout = timeout;
    }

    /**
     * The way to the master.
     *
     * @param timeout how long commands wait for a connection at most
     */
    static DirectConnection of(Redisson client, Deadlines deadlines, Duration timeout) {
        return new DirectConnection(masterOf(client), deadlines, timeout);
    }

    /** The only master that the client knows, whichever server that is. */
    static MasterSlaveEntry masterOf(Redisson client) {
        return client.getCommandExecutor()
                .getConnectionManager()
                .getEntrySet()
                .iterator()
                .next();
    }

    /** Sends a command, at once or when there is a connection. Its promise fails if there is none, or if it breaks. */
    void send(EncodedCommand<?, ?> command) {
        RedisConnection known = connection;
        if (isUsable(known)) {
            write(command, known);
        } else {
            sendInTurn(command);
        }
    }

    private boolean isUsable(RedisConnection known) {
        return known != null
                && !known.isClosed()
                && known.isActive()
                // After a fail-over the old master may go on answering, as a replica.
                && known.getRedisClient() == master.getClient();
    }

    private synchronized void sendInTurn(EncodedCommand<?, ?> command) {
        if (isUsable(connection)) {
            write(command, connection);
            return;
        }
        connection = null;
        waiting.add(command);
        if (waiting.size() == 1) {
            // Redisson forgets who asks for a connection to a master that is replaced meanwhile.
            deadlines.end(connectionTo(master, RedisCommands.PING), timeout).whenComplete(this::connected);
        }
    }

    /** Asks Redisson for a connection, which is to be given back. */
    static CompletableFuture<RedisConnection> connectionTo(MasterSlaveEntry master, RedisCommand<?> command) {
        try {
            return master.connectionWriteOp(command);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Runs a task: at once, or, on the thread that writes, behind all that it was given to write. */
    void afterWriting(Runnable task) {
        RedisConnection known = connection;
        EventLoop writer = known == null ? null : known.getChannel().eventLoop();
        if (writer != null && writer.inEventLoop() && !writer.isShuttingDown()) {
            writer.execute(task);
        } else {
            task.run();
        }
    }

    private static void write(EncodedCommand<?, ?> command, RedisConnection connection) {
        // Redisson closes what nobody has used for a while, as long as there is another one.
        connection.setLastUsageTime(System.nanoTime());
        command.writeTo(connection);
    }

    private void connected(RedisConnection found, Throwable failure) {
        List<EncodedCommand<?, ?>> failed = List.of();
        synchronized (this) {
            // A copy, because whoever hears that one has failed may send the next one from within.
            List<EncodedCommand<?, ?>> turn = List.copyOf(waiting);
            waiting.clear();
            if (failure == null) {
                // Given back at once, because it is shared; Redisson keeps it open all the same.
                master.releaseWrite(found);
                turn.forEach(command -> write(command, found));
                connection = found;
            } else {
                failed = turn;
            }
        }
        failed.forEach(command -> command.tryFailure(notSent(failure)));
    }

    private static Throwable notSent(Throwable failure) {
        return failure instanceof TimeoutException ? new RedisTimeoutException("no connection in time") : failure;
    }
}
