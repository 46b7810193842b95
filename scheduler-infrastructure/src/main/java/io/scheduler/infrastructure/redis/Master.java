package io.scheduler.infrastructure.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.redisson.Redisson;
import org.redisson.client.RedisConnection;
import org.redisson.client.RedisTimeoutException;
import org.redisson.client.protocol.RedisCommand;
import org.redisson.connection.MasterSlaveEntry;

/**
 * The only master that a client of our own knows, whichever server that is now: Redisson lends its connections. Safe
 * for use by several threads; nothing here blocks.
 */
final class Master {

    private final MasterSlaveEntry entry;
    private final Deadlines deadlines;

    private Master(MasterSlaveEntry entry, Deadlines deadlines) {
        this.entry = entry;
        this.deadlines = deadlines;
    }

    static Master of(Redisson client, Deadlines deadlines) {
        MasterSlaveEntry entry = client.getCommandExecutor()
                .getConnectionManager()
                .getEntrySet()
                .iterator()
                .next();
        return new Master(entry, deadlines);
    }

    /**
     * Asks for a connection, which is to be given back.
     *
     * @param command what it is for
     * @param timeout how long to wait for it, because Redisson forgets who asks while the master is replaced
     */
    CompletableFuture<RedisConnection> lend(RedisCommand<?> command, Duration timeout) {
        CompletableFuture<RedisConnection> lent = ask(command);
        return lent.isDone()
                ? lent
                : deadlines
                        .end(lent, timeout)
                        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                                failure instanceof TimeoutException
                                        ? new RedisTimeoutException("no connection in time")
                                        : failure));
    }

    private CompletableFuture<RedisConnection> ask(RedisCommand<?> command) {
        try {
            return entry.connectionWriteOp(command);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    void giveBack(RedisConnection connection) {
        entry.releaseWrite(connection);
    }

    /** Whether a connection leads there: after a fail-over the old master may go on answering, as a replica. */
    boolean isAt(RedisConnection connection) {
        return connection.getRedisClient() == entry.getClient();
    }
}
