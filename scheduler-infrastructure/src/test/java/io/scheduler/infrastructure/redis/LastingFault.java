package io.scheduler.infrastructure.redis;

import io.scheduler.core.soak.Fault;
import java.time.Duration;

/** A fault that forgets nothing. */
record LastingFault(String name, Runnable beginning, Runnable ending, Duration longest) implements Fault {

    static LastingFault atOnce(String name, Runnable what) {
        return new LastingFault(name, what, () -> {}, Duration.ZERO);
    }

    /** Tells a server something, whatever it answers. */
    static Runnable tell(java.util.function.Supplier<RedisServerProcess> server, Object... command) {
        return () -> {
            try (RespClient client = server.get().client()) {
                client.callOrError(command);
            }
        };
    }

    @Override
    public void begin() {
        beginning.run();
    }

    @Override
    public void end() {
        ending.run();
    }
}
