package io.scheduler.infrastructure.redis;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Under which name this queue object reads from each queue: its {@code consumerId}, and another name each time that the
 * queue or its group had gone.
 *
 * <p>A group that is made anew delivers the entries that are still there once more, under the ids that they had. Were
 * the name the same, a delivery of before could settle them. Safe for use by several threads.
 */
final class ConsumerNames {

    private static final int MAX_KEPT = 10_000;

    private final String consumerId;

    /** Guarded by itself. The oldest are let go of: a name need not be new for ever, only for as long as a lease. */
    private final Map<String, Integer> renewals = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > MAX_KEPT;
        }
    };

    ConsumerNames(String consumerId) {
        this.consumerId = consumerId;
    }

    String of(RedisKeys keys) {
        synchronized (renewals) {
            Integer renewal = renewals.get(keys.stream());
            return renewal == null ? consumerId : consumerId + "." + renewal;
        }
    }

    void renew(RedisKeys keys) {
        synchronized (renewals) {
            renewals.merge(keys.stream(), 1, Integer::sum);
        }
    }
}
