package io.scheduler.examples.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Those brokers, which people would use instead, that are installed on this machine. */
final class Peers implements AutoCloseable {

    private final List<Broker> brokers = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    private Peers() {}

    static Peers find() {
        Peers peers = new Peers();
        try {
            peers.add(
                    NatsBroker.find(), "There is no `nats-server` on this machine's PATH: NATS JetStream is left out.");
            return peers;
        } catch (RuntimeException e) {
            peers.close();
            throw e;
        }
    }

    private void add(Optional<? extends Broker> broker, String without) {
        broker.ifPresentOrElse(brokers::add, () -> missing.add(without));
    }

    List<Broker> brokers() {
        return List.copyOf(brokers);
    }

    /** A sentence on each that is not installed. */
    List<String> missing() {
        return List.copyOf(missing);
    }

    @Override
    public void close() {
        brokers.forEach(Broker::close);
    }
}
