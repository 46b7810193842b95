package io.scheduler.infrastructure.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.redisson.Redisson;
import org.redisson.client.RedisTimeoutException;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.codec.StringCodec;
import org.redisson.client.protocol.RedisCommands;

/** Sends scripts over one connection in the order in which it was asked to, already encoded. */
final class DirectSender implements ScriptSender {

    private static final byte[] EVALSHA = "EVALSHA".getBytes(US_ASCII);
    private static final byte[] SCRIPT = "SCRIPT".getBytes(US_ASCII);
    private static final byte[] LOAD = "LOAD".getBytes(US_ASCII);

    private final Deadlines deadlines;
    private final Duration commandTimeout;
    private volatile DirectConnection connection;

    DirectSender(Deadlines deadlines, Duration commandTimeout) {
        this.deadlines = deadlines;
        this.commandTimeout = commandTimeout;
    }

    @Override
    public CompletableFuture<Object> send(
            Redisson client, RedisScript script, boolean loaded, List<Object> keys, Object[] values) {
        DirectConnection connection = connectionOf(client);
        if (loaded) {
            return run(connection, script, keys, values);
        }
        // Both at once, so that nothing comes in between. What became of the script is told by its own answer.
        CompletableFuture<Object> loading = send(
                connection,
                new EncodedCommand<>(StringCodec.INSTANCE, RedisCommands.SCRIPT_LOAD, RespRequest.of(load(script))));
        CompletableFuture<Object> answer = run(connection, script, keys, values);
        return answer.exceptionallyCompose(
                failure -> RedisErrors.isNoScript(failure) ? loading.thenCompose(digest -> answer) : answer);
    }

    private CompletableFuture<Object> run(
            DirectConnection connection, RedisScript script, List<Object> keys, Object[] values) {
        return send(
                connection,
                new EncodedCommand<>(
                        ByteArrayCodec.INSTANCE,
                        script.returnType().getCommand(),
                        RespRequest.of(run(script, keys, values))));
    }

    private CompletableFuture<Object> send(DirectConnection connection, EncodedCommand<?, Object> command) {
        connection.send(command);
        return deadlines
                .end(command.getPromise(), commandTimeout)
                .exceptionallyCompose(failure -> failure instanceof TimeoutException && command.withdraw()
                        ? CompletableFuture.failedFuture(new RedisTimeoutException("not sent in time"))
                        : command.getPromise());
    }

    @Override
    public boolean keepsOrder() {
        return true;
    }

    @Override
    public void afterSending(Runnable task) {
        DirectConnection known = connection;
        if (known == null) {
            task.run();
        } else {
            known.afterWriting(task);
        }
    }

    /** The client is one and the same as long as we live. */
    private DirectConnection connectionOf(Redisson client) {
        DirectConnection known = connection;
        return known == null ? firstConnectionOf(client) : known;
    }

    private synchronized DirectConnection firstConnectionOf(Redisson client) {
        if (connection == null) {
            connection = new DirectConnection(Master.of(client, deadlines), commandTimeout);
        }
        return connection;
    }

    private static List<byte[]> load(RedisScript script) {
        return List.of(SCRIPT, LOAD, script.source().getBytes(UTF_8));
    }

    private static List<byte[]> run(RedisScript script, List<Object> keys, Object[] values) {
        List<byte[]> parts = new ArrayList<>(3 + keys.size() + values.length);
        parts.add(EVALSHA);
        parts.add(script.sha1().getBytes(US_ASCII));
        parts.add(Integer.toString(keys.size()).getBytes(US_ASCII));
        keys.forEach(key -> parts.add((byte[]) key));
        for (Object value : values) {
            parts.add((byte[]) value);
        }
        return parts;
    }
}
