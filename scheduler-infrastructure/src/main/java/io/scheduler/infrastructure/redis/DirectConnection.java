package io.scheduler.infrastructure.redis;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.redisson.Redisson;
import org.redisson.client.RedisConnection;
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

    /** Guarded by this: what waits for a connection. */
    private final Queue<EncodedCommand<?, ?>> waiting = new ArrayDeque<>();

    /** Empty of meaning while something waits: what comes then must not overtake it. */
    private volatile RedisConnection connection;

    private DirectConnection(MasterSlaveEntry master) {
        this.master = master;
    }

    /** The way to the only master that the client knows. */
    static DirectConnection of(Redisson client) {
        return new DirectConnection(client.getCommandExecutor()
                .getConnectionManager()
                .getEntrySet()
                .iterator()
                .next());
    }

    /** Sends a command, at once or when there is a connection. Its promise fails if there is none, or if it breaks. */
    void send(EncodedCommand<?, ?> command) {
        RedisConnection known = connection;
        if (isUsable(known)) {
            command.writeTo(known);
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
            command.writeTo(connection);
            return;
        }
        connection = null;
        waiting.add(command);
        if (waiting.size() == 1) {
            master.connectionWriteOp(RedisCommands.PING).whenComplete(this::connected);
        }
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
                turn.forEach(command -> command.writeTo(found));
                connection = found;
            } else {
                failed = turn;
            }
        }
        failed.forEach(command -> command.tryFailure(failure));
    }
}
