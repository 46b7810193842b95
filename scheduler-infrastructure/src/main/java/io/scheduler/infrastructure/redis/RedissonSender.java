package io.scheduler.infrastructure.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.redisson.Redisson;
import org.redisson.api.RScript;
import org.redisson.api.options.OptionalOptions;
import org.redisson.client.codec.ByteArrayCodec;

/** Sends scripts the way that Redisson does, which finds the node of a cluster, and a connection that is free. */
final class RedissonSender implements ScriptSender {

    private final OptionalOptions options;

    RedissonSender(Duration commandTimeout) {
        // A borrowed client too is told not to repeat anything by itself, and which codec to use.
        this.options = OptionalOptions.defaults()
                .codec(ByteArrayCodec.INSTANCE)
                .timeout(commandTimeout)
                .retryAttempts(0);
    }

    @Override
    public CompletableFuture<Object> send(
            Redisson client, RedisScript script, boolean loaded, List<Object> keys, Object[] values) {
        RScript runner = client.getScript(options);
        return (loaded
                        ? runner.<Object>evalShaAsync(
                                RScript.Mode.READ_WRITE, script.sha1(), script.returnType(), keys, values)
                        : runner.<Object>evalAsync(
                                RScript.Mode.READ_WRITE, script.source(), script.returnType(), keys, values))
                .toCompletableFuture();
    }
}
