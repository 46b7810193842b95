package io.scheduler.infrastructure.redis;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Ways to a server that all become bad at once, and good again; each can be cut for good by closing it. */
final class FlakyNetwork implements AutoCloseable {

    private final int target;
    private final Hindrances hindrances = new Hindrances();
    private final Set<TcpProxy> ways = ConcurrentHashMap.newKeySet();

    /** @param target the server's port */
    FlakyNetwork(int target) {
        this.target = target;
    }

    /** A way of its own for one client. */
    TcpProxy way() {
        ways.removeIf(TcpProxy::isClosed);
        TcpProxy way = TcpProxy.to(target, hindrances);
        ways.add(way);
        return way;
    }

    /** Bytes stay where they are until {@link #heal}. */
    void hold() {
        hindrances.hold();
    }

    /** Bytes come later than they were sent. */
    void slowDown(Duration by) {
        hindrances.delayBy(by);
    }

    /** Connections are reset, and new ones too until {@link #heal}. */
    void refuse() {
        hindrances.refuse();
        resetAll();
    }

    void resetAll() {
        ways.forEach(TcpProxy::resetAll);
    }

    void heal() {
        hindrances.heal();
    }

    @Override
    public void close() {
        heal();
        ways.forEach(TcpProxy::close);
    }
}
