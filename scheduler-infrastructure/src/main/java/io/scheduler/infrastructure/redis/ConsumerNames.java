package io.scheduler.infrastructure.redis;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Under which name this queue object reads from each queue: its {@code consumerId}, and another name each time that the
 * queue or its group had gone.
 *
 * <p>A group that is made anew delivers the entries that are still there once more, under the ids that they had. Were
 * the name the same, a delivery of before could settle them. Safe for use by several threads.
 */
final class ConsumerNames {

    private final String consumerId;
    private final Map<String, Integer> renewals = new ConcurrentHashMap<>();

    ConsumerNames(String consumerId) {
        this.consumerId = consumerId;
    }

    String of(RedisKeys keys) {
        Integer renewal = renewals.get(keys.stream());
        return renewal == null ? consumerId : consumerId + "." + renewal;
    }

    void renew(RedisKeys keys) {
        renewals.merge(keys.stream(), 1, Integer::sum);
    }
}
