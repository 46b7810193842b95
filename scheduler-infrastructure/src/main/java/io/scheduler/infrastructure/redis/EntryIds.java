package io.scheduler.infrastructure.redis;

/** The order of entries' ids, each of which is {@code <milliseconds>-<sequence number>}. */
final class EntryIds {

    /** Before that of any entry. */
    static final String NONE = "0-0";

    private EntryIds() {}

    /** As {@link java.util.Comparator#compare}. */
    static int compare(String id, String other) {
        int dash = id.indexOf('-');
        int otherDash = other.indexOf('-');
        if (dash == otherDash && id.length() == other.length()) {
            return id.compareTo(other);
        }
        int byTime = Long.compareUnsigned(number(id, 0, dash), number(other, 0, otherDash));
        return byTime != 0
                ? byTime
                : Long.compareUnsigned(number(id, dash + 1, id.length()), number(other, otherDash + 1, other.length()));
    }

    private static long number(String text, int from, int to) {
        return Long.parseUnsignedLong(text, from, to, 10);
    }
}
