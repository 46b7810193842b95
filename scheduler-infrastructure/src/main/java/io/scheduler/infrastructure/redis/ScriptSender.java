package io.scheduler.infrastructure.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.redisson.Redisson;

/** How one call of a script travels to Redis, once. */
interface ScriptSender {

    /**
     * Sends it without blocking. The future ends with the script's answer, or with the bare failure.
     *
     * @param loaded whether Redis should have the script already, so that its digest is enough
     * @param keys byte arrays, all of one slot
     * @param values byte arrays
     */
    CompletableFuture<Object> send(
            Redisson client, RedisScript script, boolean loaded, List<Object> keys, Object[] values);

    /** Whether calls reach Redis in the order in which they were sent, also while others are not answered yet. */
    default boolean keepsOrder() {
        return false;
    }

    /** Runs a task, or leaves it to be run when what this thread has sent is written. */
    default void afterSending(Runnable task) {
        task.run();
    }
}
