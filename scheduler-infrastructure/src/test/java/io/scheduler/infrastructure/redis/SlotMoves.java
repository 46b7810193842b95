package io.scheduler.infrastructure.redis;

import io.scheduler.core.soak.Fault;
import java.time.Duration;
import java.util.Optional;

/** The slot of the soaked queue moves to another master, which undoes nothing. */
final class SlotMoves implements Fault {

    private final SoakedCluster cluster;
    private Optional<SoakedCluster.Move> move = Optional.empty();

    SlotMoves(SoakedCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public String name() {
        return "slot moved to another master";
    }

    @Override
    public void begin() {
        move = Optional.of(cluster.beginMove());
    }

    @Override
    public void end() {
        cluster.endMove(move.orElseThrow());
    }

    @Override
    public Duration longest() {
        return Duration.ofSeconds(1);
    }
}
