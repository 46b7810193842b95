package io.scheduler.infrastructure.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.redisson.Redisson;
import org.redisson.client.RedisConnectionException;

/**
 * Runs scripts on Redis: by their digest, and with their text where the server does not know them yet. Nothing is sent
 * twice after it may have been run.
 */
final class RedisScripts {

    private final RedisConnection connection;
    private final ScriptSender sender;
    private final Deadlines deadlines;
    private final Duration connectionTimeout;
    private final Duration deadline;

    /** How many scripts are on their way for the second time, because Redis did not know them. */
    private final AtomicInteger repeated = new AtomicInteger();

    RedisScripts(RedisConnection connection, RedisStreamConfig config, Deadlines deadlines, ScriptSender sender) {
        this.connection = connection;
        this.sender = sender;
        this.deadlines = deadlines;
        this.connectionTimeout = config.connectionTimeout();
        this.deadline = config.connectionTimeout().plus(config.commandTimeout());
    }

    /**
     * Runs a script without blocking. The future ends within {@code connectionTimeout + commandTimeout}, with what the
     * script returned or with the bare failure, for {@link RedisErrors} to tell what it means.
     *
     * @param arguments byte arrays as they are, all else as text
     */
    CompletableFuture<Object> run(RedisScript script, List<String> keys, List<?> arguments) {
        List<Object> keyBytes = new ArrayList<>(keys.size());
        keys.forEach(key -> keyBytes.add(bytes(key)));
        Object[] values = new Object[arguments.size()];
        Arrays.setAll(values, i -> bytes(arguments.get(i)));
        return deadlines.end(
                connectedClient().thenCompose(client -> evaluate(client, script, keyBytes, values)), deadline);
    }

    /**
     * Whether what is sent now runs behind all that was sent before, also while that is under way; unless Redis forgets
     * the script in this moment.
     */
    boolean keepOrder() {
        return sender.keepsOrder() && repeated.get() == 0;
    }

    /** Runs what can wait until this thread has written the calls that it was asked to send. */
    void afterSending(Runnable task) {
        sender.afterSending(task);
    }

    /**
     * Who is not connected in time has sent nothing, and will not: that is a failure to connect, and no unknown
     * outcome.
     */
    private CompletableFuture<Redisson> connectedClient() {
        CompletableFuture<Redisson> client = connection.client();
        if (client.isDone()) {
            return client;
        }
        return client.copy()
                .orTimeout(connectionTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        RedisErrors.unwrap(failure) instanceof TimeoutException
                                ? new RedisConnectionException("no connection in time")
                                : failure));
    }

    private CompletableFuture<Object> evaluate(
            Redisson client, RedisScript script, List<Object> keys, Object[] values) {
        CompletableFuture<Object> byDigest = send(client, script, true, keys, values);
        return byDigest.exceptionallyCompose(
                failure -> RedisErrors.isNoScript(failure) ? evaluateWithText(client, script, keys, values) : byDigest);
    }

    private CompletableFuture<Object> evaluateWithText(
            Redisson client, RedisScript script, List<Object> keys, Object[] values) {
        repeated.incrementAndGet();
        try {
            return send(client, script, false, keys, values)
                    .whenComplete((answer, failure) -> repeated.decrementAndGet());
        } catch (RuntimeException | Error e) {
            repeated.decrementAndGet();
            throw e;
        }
    }

    private CompletableFuture<Object> send(
            Redisson client, RedisScript script, boolean loaded, List<Object> keys, Object[] values) {
        return connection.counted(() -> sender.send(client, script, loaded, keys, values));
    }

    private static byte[] bytes(Object argument) {
        return argument instanceof byte[] raw ? raw : argument.toString().getBytes(StandardCharsets.UTF_8);
    }
}
