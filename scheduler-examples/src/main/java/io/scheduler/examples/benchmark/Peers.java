package io.scheduler.examples.benchmark;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Those brokers, which people would use instead, that are installed on this machine. */
final class Peers implements AutoCloseable {

    private final List<Broker> brokers = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final Deque<Runnable> endings = new ArrayDeque<>();

    private Peers() {}

    static Peers find(BenchmarkRedis redis) {
        Peers peers = new Peers();
        try {
            NatsBroker.find()
                    .ifPresentOrElse(
                            peers::add, () -> peers.miss("NATS JetStream", "`nats-server` is not on the PATH"));
            RabbitServer.find()
                    .ifPresentOrElse(
                            peers::addAll,
                            () -> peers.miss("RabbitMQ", "`rabbitmq-server` and `epmd` are not on the PATH"));
            BullBroker.find(redis)
                    .ifPresentOrElse(
                            peers::add,
                            () -> peers.miss("BullMQ", "`node` is not on the PATH, or finds no `bullmq` in NODE_PATH"));
            return peers;
        } catch (RuntimeException e) {
            peers.close();
            throw e;
        }
    }

    private void add(Broker broker) {
        endings.push(broker::close);
        brokers.add(broker);
    }

    private void addAll(RabbitServer server) {
        endings.push(server::close);
        server.brokers().forEach(this::add);
    }

    private void miss(String broker, String why) {
        missing.add(broker + " is left out: " + why + ".");
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
        while (!endings.isEmpty()) {
            endings.pop().run();
        }
    }
}
