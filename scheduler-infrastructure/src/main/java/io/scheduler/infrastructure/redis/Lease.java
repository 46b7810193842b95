package io.scheduler.infrastructure.redis;

/**
 * What a delivery holds in Redis: an entry that is pending on a consumer. Each delivery of a message has an entry of
 * its own, so the id stands for the delivery.
 *
 * @param keys the queue's keys
 * @param consumer the consumer's name in the group
 * @param read the number of the read that took it, which took no entry of others in between
 * @param entryId the entry's id in the stream
 */
record Lease(RedisKeys keys, String consumer, long read, String entryId) implements Comparable<Lease> {

    /** By reads, and in each in the order of the entries. */
    @Override
    public int compareTo(Lease other) {
        return read != other.read ? Long.compare(read, other.read) : EntryIds.compare(entryId, other.entryId);
    }
}
