package io.scheduler.infrastructure.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * What a delivery holds: a message, until a time that may be put off. No two leases of a broker have the same number,
 * so a lease stands for one delivery. Guarded by the broker's lock.
 */
final class Lease {

    static final Comparator<Lease> BY_END = Comparator.comparing(Lease::endsAt).thenComparing(lease -> lease.number);

    private final Entry entry;
    private final LeaseTerms terms;
    private final long number;
    private Instant endsAt;

    Lease(Entry entry, LeaseTerms terms, long number, Instant now) {
        this.entry = entry;
        this.terms = terms;
        this.number = number;
        begin(now);
    }

    /** Lets it begin anew; not while it is in a sorted set. */
    void begin(Instant now) {
        endsAt = now.plus(terms.duration());
    }

    Entry entry() {
        return entry;
    }

    Instant endsAt() {
        return endsAt;
    }

    Duration duration() {
        return terms.duration();
    }

    /** How many times the message has been handed out, this time included. */
    int attempt() {
        return entry.attempts() + 1;
    }

    int maxAttempts() {
        return terms.maxAttempts();
    }

    boolean isLastAttempt() {
        return attempt() >= maxAttempts();
    }
}
