package io.scheduler.infrastructure.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.redisson.Redisson;
import org.redisson.api.BatchOptions;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisException;
import org.redisson.client.RedisTimeoutException;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.codec.StringCodec;
import org.redisson.client.protocol.RedisCommand;
import org.redisson.command.CommandBatchService;

/**
 * Sends a script, and behind it on the same connection the question who has what it wrote. The future fails with
 * {@link NotDurableException} if that are too few.
 *
 * <p>While Redis waits for the answer it takes nothing else from that connection, so there should be enough of them.
 * Before the first script it is asked whether it knows the question, because afterwards would be too late. Redisson's
 * own {@code BatchOptions.syncAOF} does not tell what the master's disk has, and asks nothing if that is all one wants.
 */
final class ConfirmingSender implements ScriptSender {

    private final Durability wanted;
    private final long commandMillis;
    private volatile boolean known;

    ConfirmingSender(RedisStreamConfig config) {
        this.wanted = config.durability();
        this.commandMillis = config.commandTimeout().toMillis();
    }

    @Override
    public CompletableFuture<Object> send(
            Redisson client, RedisScript script, boolean loaded, List<Object> keys, Object[] values) {
        byte[] key = (byte[]) keys.get(0);
        return requireAble(client, key).thenCompose(able -> {
            ConfirmedCopies copies = new ConfirmedCopies(wanted);
            CommandBatchService batch = batch(client);
            CompletableFuture<Object> answer = batch.<Object, Object>writeAsync(
                            key,
                            ByteArrayCodec.INSTANCE,
                            new RedisCommand<>(command(script), loaded ? "EVALSHA" : "EVAL"),
                            arguments(loaded ? script.sha1() : script.source(), keys, values))
                    .toCompletableFuture();
            // Of the time for one command, so that the answer is there before it is over.
            ask(batch, key, copies, Math.max(1, commandMillis * 3 / 4));
            CompletableFuture<?> all = batch.executeAsync().toCompletableFuture();
            return answer.thenCompose(result -> all.handle((done, failure) -> confirm(result, copies, failure)));
        });
    }

    private Object confirm(Object result, ConfirmedCopies copies, Throwable failure) {
        if (failure != null) {
            // It may be unable now, such as after its appendonly was turned off: the next publication asks first.
            known = false;
        }
        if (failure != null || !copies.suffice()) {
            throw new NotDurableException(
                    true, "stored it, but only " + copies + " confirmed it in time" + because(failure), failure);
        }
        return result;
    }

    private static String because(Throwable failure) {
        return failure == null ? "" : " (" + RedisErrors.words(RedisErrors.unwrap(failure)) + ")";
    }

    private CompletableFuture<Void> requireAble(Redisson client, byte[] key) {
        if (known) {
            return CompletableFuture.completedFuture(null);
        }
        CommandBatchService batch = batch(client);
        ask(batch, key, new ConfirmedCopies(wanted), 1);
        return batch.executeAsync().toCompletableFuture().handle((done, failure) -> {
            if (failure == null) {
                known = true;
            } else {
                judge(RedisErrors.unwrap(failure));
            }
            return null;
        });
    }

    /** Nothing was published yet, so whatever is wrong is no unknown outcome. */
    private static void judge(Throwable failure) {
        String words = RedisErrors.words(failure);
        if (words.contains("replica instances")) {
            return; // the script will be refused as READONLY, which says more
        }
        if (words.contains("unknown command")) {
            throw new NotDurableException(
                    false, "does not know WAITAOF, which durability needs here: use Redis 7.2 or newer", failure);
        }
        if (words.contains("appendonly is disabled")) {
            throw new NotDurableException(
                    false, "writes nothing to its disk, which durability asks for: set appendonly yes", failure);
        }
        if (failure instanceof RedisTimeoutException
                || RedisErrors.code(failure).isEmpty()) {
            throw new RedisConnectionException("it did not answer whether it can confirm", failure);
        }
        throw (RedisException) failure;
    }

    private void ask(CommandBatchService batch, byte[] key, ConfirmedCopies copies, long waitMillis) {
        batch.writeAsync(key, StringCodec.INSTANCE, copies.command(), copies.arguments(waitMillis));
    }

    private CommandBatchService batch(Redisson client) {
        return new CommandBatchService(
                client.getCommandExecutor(),
                BatchOptions.defaults().retryAttempts(0).responseTimeout(commandMillis, TimeUnit.MILLISECONDS));
    }

    @SuppressWarnings("unchecked")
    private static RedisCommand<Object> command(RedisScript script) {
        return (RedisCommand<Object>) script.returnType().getCommand();
    }

    private static Object[] arguments(String script, List<Object> keys, Object[] values) {
        List<Object> arguments = new ArrayList<>(List.of(script, keys.size()));
        arguments.addAll(keys);
        arguments.addAll(List.of(values));
        return arguments.toArray();
    }
}
