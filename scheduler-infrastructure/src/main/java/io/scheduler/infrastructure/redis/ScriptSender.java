package io.scheduler.infrastructure.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.redisson.Redisson;

/** How one call of a script travels to Redis, once. */
interface ScriptSender {

    /**
     * Sends it without blocking. The future ends with the script's answer, or with the bare failure.
     *
     * @param byDigest whether to name the script by its digest, or to send its text
     * @param keys byte arrays, all of one slot
     * @param values byte arrays
     */
    CompletableFuture<Object> send(
            Redisson client, RedisScript script, boolean byDigest, List<Object> keys, Object[] values);
}
