package io.scheduler.infrastructure.redis;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
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
import org.redisson.connection.ConnectionManager;

/**
 * Sends a script, and behind it on the same connection the question who has what it wrote. The future fails with
 * {@link NotDurableException} if that are too few.
 *
 * <p>While Redis waits for the answer it takes nothing else from that connection, so there should be enough of them.
 * Before its first script each server is asked whether it knows the question, because afterwards would be too late.
 * Redisson's own {@code BatchOptions.syncAOF} does not tell what the master's disk has, and asks nothing if that is all
 * one wants.
 */
final class ConfirmingSender implements ScriptSender {

    /**
     * In small letters, because Redisson would load an {@code EVAL} into the server where it thinks the key is and send
     * its digest, which another one that it is redirected to does not know.
     */
    private static final String BY_TEXT = "eval";

    private final Durability wanted;
    private final long commandMillis;
    private final Set<InetSocketAddress> able = ConcurrentHashMap.newKeySet();

    ConfirmingSender(RedisStreamConfig config) {
        this.wanted = config.durability();
        this.commandMillis = config.commandTimeout().toMillis();
    }

    @Override
    public CompletableFuture<Object> send(
            Redisson client, RedisScript script, boolean loaded, List<Object> keys, Object[] values) {
        byte[] key = (byte[]) keys.get(0);
        return requireAble(client, key).thenCompose(mayBeSent -> {
            ConfirmedCopies copies = new ConfirmedCopies(wanted);
            CommandBatchService batch = batch(client);
            CompletableFuture<Object> answer = batch.<Object, Object>writeAsync(
                            key,
                            ByteArrayCodec.INSTANCE,
                            copies.behind(command(script), loaded ? "EVALSHA" : BY_TEXT),
                            arguments(loaded ? script.sha1() : script.source(), keys, values))
                    .toCompletableFuture();
            // Of the time for one command, so that the answer is there before it is over.
            ask(batch, key, copies, Math.max(1, commandMillis * 3 / 4));
            return batch.executeAsync()
                    .toCompletableFuture()
                    .handle((done, failure) -> confirmed(answer, copies, Optional.ofNullable(failure)));
        });
    }

    private Object confirmed(CompletableFuture<Object> answer, ConfirmedCopies copies, Optional<Throwable> failure) {
        if (!answer.isDone()) {
            // What may be repeated, such as TRYAGAIN, Redisson keeps back from whoever asked, for ever.
            throw new CompletionException(failure.orElseThrow());
        }
        Object result = answer.join();
        if (failure.isPresent()) {
            // It may be unable now, such as after its appendonly was turned off: the next publication asks first.
            able.clear();
        }
        if (failure.isPresent() || !copies.suffice()) {
            throw new NotDurableException(
                    true,
                    "stored it, but only " + copies + " confirmed it in time"
                            + failure.map(ConfirmingSender::because).orElse(""),
                    failure.orElse(null));
        }
        return result;
    }

    private static String because(Throwable failure) {
        return " (" + RedisErrors.words(RedisErrors.unwrap(failure)) + ")";
    }

    private CompletableFuture<Void> requireAble(Redisson client, byte[] key) {
        Optional<InetSocketAddress> master = master(client, key);
        if (master.filter(able::contains).isPresent()) {
            return CompletableFuture.completedFuture(null);
        }
        CommandBatchService batch = batch(client);
        ask(batch, key, new ConfirmedCopies(wanted), 1);
        return batch.executeAsync().toCompletableFuture().handle((done, failure) -> {
            if (failure == null) {
                master.ifPresent(able::add);
            } else {
                judge(RedisErrors.unwrap(failure));
            }
            return null;
        });
    }

    /** Who is thought to have the key; empty while nobody is. */
    private static Optional<InetSocketAddress> master(Redisson client, byte[] key) {
        ConnectionManager connections = client.getCommandExecutor().getConnectionManager();
        return Optional.ofNullable(connections.getEntry(connections.calcSlot(key)))
                .map(entry -> entry.getClient().getAddr());
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
