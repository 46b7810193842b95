package io.scheduler.infrastructure.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The names that came first, up to a number, beyond which there is one name for all. Safe for several threads. */
final class KnownNames {

    private final int max;
    private final String rest;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    KnownNames(int max, String rest) {
        this.max = max;
        this.rest = rest;
    }

    /** The name itself, or the one for all that came too late. */
    String nameFor(String name) {
        return known.contains(name) || learn(name) ? name : rest;
    }

    private synchronized boolean learn(String name) {
        return known.contains(name) || known.size() < max && known.add(name);
    }
}
