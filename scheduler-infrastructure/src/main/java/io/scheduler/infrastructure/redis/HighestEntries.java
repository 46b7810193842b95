package io.scheduler.infrastructure.redis;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The highest entry that was read from each stream under the present name of the consumer. Safe for use by several
 * threads: who reads asks before the read is sent, so what others read meanwhile does not count.
 */
final class HighestEntries {

    private final Map<String, Highest> byStream = new ConcurrentHashMap<>();

    String of(RedisKeys keys, String consumer) {
        Highest highest = byStream.get(keys.stream());
        return highest == null || !highest.consumer.equals(consumer) ? EntryIds.NONE : highest.id;
    }

    void add(RedisKeys keys, String consumer, String read) {
        byStream.compute(
                keys.stream(),
                (stream, known) ->
                        known != null && known.consumer.equals(consumer) && EntryIds.compare(read, known.id) <= 0
                                ? known
                                : new Highest(consumer, read));
    }

    void forget(RedisKeys keys) {
        byStream.remove(keys.stream());
    }

    private record Highest(String consumer, String id) {}
}
