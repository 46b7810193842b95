package io.scheduler.infrastructure.redis;

import static io.scheduler.infrastructure.redis.LastingFault.tell;

import io.scheduler.core.soak.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What goes wrong with a master and its replica. Each fault ends with both of them well, in whatever roles. */
final class ReplicatedFaults {

    private final ReplicatedRedis redis;

    ReplicatedFaults(ReplicatedRedis redis) {
        this.redis = redis;
    }

    /** What servers of every kind have to bear. */
    List<Fault> all() {
        AtomicReference<RedisServerProcess> stopped = new AtomicReference<>();
        return new ArrayList<>(List.of(
                new CutOffThenKilled(redis),
                new Killed(redis),
                new LastingFault(
                        "replica stopped by a signal",
                        () -> {
                            stopped.set(redis.replica());
                            stopped.get().pause();
                        },
                        () -> stopped.get().resume(),
                        Duration.ofSeconds(2)),
                LastingFault.atOnce(
                        "connections killed by the server", tell(redis::master, "CLIENT", "KILL", "TYPE", "normal")),
                LastingFault.atOnce("scripts flushed", tell(redis::master, "SCRIPT", "FLUSH"))));
    }

    /** @param loses whether what the old master does until it knows is lost */
    Fault ordered(boolean loses) {
        return new Ordered(redis, loses);
    }

    private static final class Killed extends FailOver {

        Killed(ReplicatedRedis redis) {
            super("master killed", redis);
        }

        @Override
        void begin(RedisServerProcess master) {
            kill(master);
        }

        @Override
        void comeBack(RedisServerProcess old) {
            old.start();
        }
    }

    /** All that is done meanwhile is undone: the replica never hears of it. */
    private static final class CutOffThenKilled extends FailOver {

        private final ReplicatedRedis redis;
        private Optional<RedisServerProcess> cutOff = Optional.empty();

        CutOffThenKilled(ReplicatedRedis redis) {
            super("replica cut off, then master killed", redis);
            this.redis = redis;
        }

        @Override
        void begin(RedisServerProcess master) {
            RedisServerProcess replica = redis.replica();
            cutOff = Optional.of(replica);
            Replication.cut(replica);
        }

        @Override
        void takeOver(RedisServerProcess old) {
            kill(old);
        }

        @Override
        void comeBack(RedisServerProcess old) {
            cutOff.ifPresent(Replication::mend);
            old.start();
        }

        @Override
        public Duration longest() {
            return Duration.ofSeconds(2);
        }
    }

    private static final class Ordered extends FailOver {

        private final ReplicatedRedis redis;
        private final boolean loses;

        Ordered(ReplicatedRedis redis, boolean loses) {
            super("fail-over ordered", redis);
            this.redis = redis;
            this.loses = loses;
        }

        @Override
        void begin(RedisServerProcess master) {
            redis.orderFailOver();
        }

        @Override
        public boolean goesBack() {
            return loses;
        }
    }
}
