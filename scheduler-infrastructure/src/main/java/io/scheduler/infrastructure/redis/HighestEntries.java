package io.scheduler.infrastructure.redis;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.redisson.api.stream.StreamMessageId;

/**
 * The highest entry that was read from each stream under the present name of the consumer. Safe for use by several
 * threads: who reads asks before the read is sent, so what others read meanwhile does not count.
 */
final class HighestEntries {

    private static final StreamMessageId NONE = new StreamMessageId(0, 0);

    private final Map<String, Highest> byStream = new ConcurrentHashMap<>();

    StreamMessageId of(RedisKeys keys, String consumer) {
        Highest highest = byStream.get(keys.stream());
        return highest == null || !highest.consumer.equals(consumer) ? NONE : highest.id;
    }

    void add(RedisKeys keys, String consumer, Collection<StreamMessageId> ascending) {
        StreamMessageId last = NONE;
        for (StreamMessageId id : ascending) {
            last = id;
        }
        StreamMessageId read = last;
        byStream.compute(
                keys.stream(),
                (stream, known) -> known != null && known.consumer.equals(consumer) && !isAfter(read, known.id)
                        ? known
                        : new Highest(consumer, read));
    }

    void forget(RedisKeys keys) {
        byStream.remove(keys.stream());
    }

    static boolean isAfter(StreamMessageId id, StreamMessageId other) {
        int byTime = Long.compareUnsigned(id.getId0(), other.getId0());
        return byTime != 0 ? byTime > 0 : Long.compareUnsigned(id.getId1(), other.getId1()) > 0;
    }

    private record Highest(String consumer, StreamMessageId id) {}
}
