package io.scheduler.infrastructure.redis;

/** The door to a real server for the model check, which lives in a package of its own as it knows every adapter. */
public final class ServerForModel implements AutoCloseable {

    private final RedisServerProcess process;

    private ServerForModel(RedisServerProcess process) {
        this.process = process;
    }

    /** Starts a server that forgets: leases of the check are too short to wait for a disk. */
    public static ServerForModel start() {
        return new ServerForModel(RedisServerProcess.launch(RedisBinary.embedded(), "--appendonly", "no"));
    }

    public String uri() {
        return process.uri();
    }

    @Override
    public void close() {
        process.close();
    }
}
