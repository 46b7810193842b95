package io.scheduler.infrastructure.redis;

import io.scheduler.core.queue.QueueName;
import java.util.List;

/**
 * The names of a queue's keys and of its consumer group: the only place that makes them.
 *
 * <p>The stream bears the queue's name; its companions have that name in braces. A queue's name cannot contain braces,
 * so all of its keys hash to one cluster slot, and no queue's companion is another queue's stream.
 *
 * @param stream the entries that are ready or in flight
 * @param delayed the messages whose time has not come, by the time when they are due
 * @param dead the dead letters
 * @param seenIds the ring of hashes that remember message ids
 * @param group the consumer group
 */
record RedisKeys(String stream, String delayed, String dead, List<String> seenIds, String group) {

    static RedisKeys of(QueueName queue, RedisStreamConfig config) {
        String stream = config.keyPrefix() + queue.value();
        String tagged = "{" + stream + "}";
        // Publishers with another window fill another ring: theirs turns at another pace.
        String ids = tagged + ":ids:" + config.deduplicationWindow().toMillis() + ":";
        return new RedisKeys(
                stream,
                tagged + ":delayed",
                tagged + ":dead",
                List.of(ids + 0, ids + 1, ids + 2, ids + 3),
                config.consumerGroupPrefix() + "_" + queue.value() + "_group");
    }
}
