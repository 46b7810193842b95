package io.scheduler.infrastructure.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The message ids that were added within the deduplication window. Holds no more than that: each addition forgets what
 * has become too old. Not thread-safe.
 */
final class SeenIds {

    /** When each id was added, oldest first. */
    private final Map<String, Instant> addedAt = new LinkedHashMap<>();

    /** Remembers an id from now on; false if it is remembered already, which does not make it any younger. */
    boolean add(String id, Instant now, Duration window) {
        forgetBefore(now, window);
        return addedAt.putIfAbsent(id, now) == null;
    }

    int size() {
        return addedAt.size();
    }

    private void forgetBefore(Instant now, Duration window) {
        Iterator<Instant> oldestFirst = addedAt.values().iterator();
        while (oldestFirst.hasNext()
                && Duration.between(oldestFirst.next(), now).compareTo(window) >= 0) {
            oldestFirst.remove();
        }
    }
}
