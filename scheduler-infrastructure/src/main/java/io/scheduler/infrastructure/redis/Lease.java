package io.scheduler.infrastructure.redis;

/**
 * What a delivery holds in Redis: an entry that is pending on a consumer. Each delivery of a message has an entry of
 * its own, so the id stands for the delivery.
 *
 * @param keys the queue's keys
 * @param consumer the consumer's name in the group
 * @param entryId the entry's id in the stream
 */
record Lease(RedisKeys keys, String consumer, String entryId) implements Comparable<Lease> {

    /** In the order of the entries. */
    @Override
    public int compareTo(Lease other) {
        int dash = entryId.indexOf('-');
        int otherDash = other.entryId.indexOf('-');
        if (dash == otherDash && entryId.length() == other.entryId.length()) {
            return entryId.compareTo(other.entryId);
        }
        int byTime = Long.compareUnsigned(number(entryId, 0, dash), number(other.entryId, 0, otherDash));
        return byTime != 0
                ? byTime
                : Long.compareUnsigned(
                        number(entryId, dash + 1, entryId.length()),
                        number(other.entryId, otherDash + 1, other.entryId.length()));
    }

    private static long number(String text, int from, int to) {
        return Long.parseUnsignedLong(text, from, to, 10);
    }
}
