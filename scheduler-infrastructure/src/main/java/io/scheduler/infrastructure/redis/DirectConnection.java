package io.scheduler.infrastructure.redis;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.redisson.client.RedisConnection;
import org.redisson.client.protocol.RedisCommands;

/**
 * A connection to the master, which Redisson opens and looks after, and on which commands leave in the order in which
 * they were handed over. Redisson's own executor looks for a connection for each command, and lets one overtake another
 * when it does not find it at once.
 *
 * <p>For clients of our own, whose connections are shared by many commands, and not for a cluster, which redirects
 * them. Safe for use by several threads; nothing here blocks.
 */
final class DirectConnection {

    private final Master master;
    private final Duration timeout;

    /** Guarded by this: what waits for a connection. */
    private final Queue<EncodedCommand<?, ?>> waiting = new ArrayDeque<>();

    /** Null while something waits, because what comes then must not overtake it, and before the first command. */
    private volatile RedisConnection connection;

    /** @param timeout how long commands wait for a connection at most */
    DirectConnection(Master master, Duration timeout) {
        this.master = master;
        this.timeout = timeout;
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
        return known != null && !known.isClosed() && known.isActive() && master.isAt(known);
    }

    private synchronized void sendInTurn(EncodedCommand<?, ?> command) {
        if (isUsable(connection)) {
            write(command, connection);
            return;
        }
        connection = null;
        waiting.add(command);
        if (waiting.size() == 1) {
            master.lend(RedisCommands.PING, timeout).whenComplete(this::connected);
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
                master.giveBack(found);
                turn.forEach(command -> write(command, found));
                connection = found;
            } else {
                failed = turn;
            }
        }
        failed.forEach(command -> command.tryFailure(RedisErrors.unwrap(failure)));
    }
}
