package io.scheduler.infrastructure.redis;

import static io.scheduler.infrastructure.redis.LastingFault.tell;

import io.scheduler.core.soak.Fault;
import java.time.Duration;
import java.util.List;

/** What goes wrong with one Redis server that keeps its data. */
final class RedisFaults {

    /** Longer than connections and commands may take, so that calls fail. */
    private static final Duration BEYOND_TIMEOUTS = Duration.ofMillis(2500);

    private static final Duration AT_ONCE = Duration.ZERO;

    private final RedisServerProcess server;
    private final FlakyNetwork network;

    RedisFaults(RedisServerProcess server, FlakyNetwork network) {
        this.server = server;
        this.network = network;
    }

    /** @param keys of the queue whose consumer group is destroyed now and then */
    List<Fault> all(RedisKeys keys) {
        return List.of(
                new LastingFault(
                        "server killed and started again", server::kill, server::start, Duration.ofMillis(500)),
                new LastingFault("server stopped by a signal", server::pause, server::resume, BEYOND_TIMEOUTS),
                new LastingFault("network holds everything", network::hold, network::heal, BEYOND_TIMEOUTS),
                new LastingFault(
                        "network slow by 50 ms",
                        () -> network.slowDown(Duration.ofMillis(50)),
                        network::heal,
                        Duration.ofSeconds(1)),
                new LastingFault("network gone", network::refuse, network::heal, Duration.ofSeconds(1)),
                new LastingFault("connections reset", network::resetAll, network::heal, AT_ONCE),
                LastingFault.atOnce(
                        "connections killed by the server", tell(() -> server, "CLIENT", "KILL", "TYPE", "normal")),
                LastingFault.atOnce("scripts flushed", tell(() -> server, "SCRIPT", "FLUSH")),
                new GroupDestroyed(tell(() -> server, "XGROUP", "DESTROY", keys.stream(), keys.group())));
    }

    /** Redis then hands out again what was in flight, under the ids and with the attempts that it had. */
    private record GroupDestroyed(Runnable destroy) implements Fault {
        @Override
        public String name() {
            return "consumer group destroyed";
        }

        @Override
        public void begin() {
            destroy.run();
        }

        @Override
        public Duration longest() {
            return AT_ONCE;
        }

        @Override
        public boolean forgetsLeases() {
            return true;
        }
    }
}
