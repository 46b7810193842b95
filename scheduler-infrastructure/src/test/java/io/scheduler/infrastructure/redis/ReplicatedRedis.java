package io.scheduler.infrastructure.redis;

import java.time.Duration;

/** A master whose replica takes over when it dies, and becomes the replica of that when it comes back. */
interface ReplicatedRedis extends AutoCloseable {

    String uri();

    /** Who answers for the soaked queue now. All servers have to be alive. */
    RedisServerProcess master();

    /** Who follows the master. All servers have to be alive. */
    RedisServerProcess replica();

    /** For how long a server may be silent before the others take it for dead. All servers have to be alive. */
    void patience(Duration time);

    /** Lets the replica take over from a master that is well. */
    void orderFailOver();

    /** Blocks until another server than this one is the master, and all that are alive agree. */
    void awaitFailOver(RedisServerProcess old);

    @Override
    void close();
}
