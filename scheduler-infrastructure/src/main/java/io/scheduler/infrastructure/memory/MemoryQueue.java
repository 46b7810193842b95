package io.scheduler.infrastructure.memory;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueStats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The state of one queue. Not thread-safe: the broker guards it, and tells it the time.
 *
 * <p>Nothing happens between calls. A delay or a lease that has ended takes effect when the next call looks, as if it
 * had happened in time: in the order of those times, before whatever that call does, and with ages counted from then.
 */
final class MemoryQueue {

    private final LongSupplier numbers;
    private final Runnable wakeWhoWaits;

    private final Deque<Entry> ready = new ArrayDeque<>();
    private final NavigableSet<Entry> delayed = new TreeSet<>(Entry.BY_TIME);
    private final NavigableSet<Lease> leases = new TreeSet<>(Lease.BY_END);
    private final MemoryDeadLetters deadLetters;
    private final SeenIds seen = new SeenIds();
    private final Set<Session> consumers = new HashSet<>();
    private Instant now = Instant.MIN;

    /**
     * An empty queue.
     *
     * @param name its name
     * @param numbers ascending, and shared by all queues of a broker
     * @param wakeWhoWaits called after each message that becomes ready
     */
    MemoryQueue(QueueName name, LongSupplier numbers, Runnable wakeWhoWaits) {
        this.numbers = numbers;
        this.wakeWhoWaits = wakeWhoWaits;
        this.deadLetters = new MemoryDeadLetters(name);
    }

    /** Sets the time of the calls that follow. What has become due by then happens first. */
    MemoryQueue at(Instant time) {
        now = time;
        while (isDue(firstDelayEnd()) || isDue(firstLeaseEnd())) {
            if (firstLeaseEnd().isBefore(firstDelayEnd())) {
                expire(leases.pollFirst());
            } else {
                makeReady(delayed.pollFirst());
            }
        }
        return this;
    }

    /** Adds a message that is in its stored form, unless its id was added within the deduplication window. */
    void add(Message message, Duration deduplicationWindow) {
        if (seen.add(message.id(), now, deduplicationWindow)) {
            add(new Entry(message, 0, message.notBefore().filter(this::isAhead).orElse(now), numbers.getAsLong()));
        }
    }

    /** Hands out what is ready, oldest first, to a consumer that is counted from now on until it leaves. */
    List<Lease> take(int max, Session consumer, LeaseTerms terms) {
        consumers.add(consumer);
        List<Lease> taken = Stream.generate(ready::poll)
                .limit(Math.min(max, ready.size()))
                .map(entry -> new Lease(entry, terms, numbers.getAsLong(), now))
                .toList();
        leases.addAll(taken);
        return taken;
    }

    void leave(Session consumer) {
        consumers.remove(consumer);
    }

    /** Settles a lease as done; like the other settlements, false if it has ended, and nothing changes then. */
    boolean ack(Lease lease) {
        return leases.remove(lease);
    }

    boolean nack(Lease lease, Duration delay) {
        boolean held = leases.remove(lease);
        if (held && lease.isLastAttempt()) {
            bury(lease, "Handed back " + lease.attempt() + " times, which is as often as a message is tried", now);
        } else if (held) {
            add(lease.entry().handedBack(now, delay, numbers.getAsLong()));
        }
        return held;
    }

    boolean release(Lease lease) {
        boolean held = leases.remove(lease);
        if (held) {
            makeReady(lease.entry().released(now, numbers.getAsLong()));
        }
        return held;
    }

    boolean reject(Lease lease, String reason) {
        boolean held = leases.remove(lease);
        if (held) {
            bury(lease, reason, now);
        }
        return held;
    }

    boolean extend(Lease lease) {
        boolean held = leases.remove(lease);
        if (held) {
            lease.begin(now);
            leases.add(lease);
        }
        return held;
    }

    MemoryDeadLetters deadLetters() {
        return deadLetters;
    }

    /** Makes messages that were dead letters ready, and returns how many. */
    long redrive(List<Entry> revived) {
        revived.forEach(entry -> makeReady(entry.redriven(now, numbers.getAsLong())));
        return revived.size();
    }

    /** Removes all messages but the dead ones, keeps their ids in memory, and returns how many there were. */
    long purge() {
        long removed = (long) ready.size() + delayed.size() + leases.size();
        ready.clear();
        delayed.clear();
        leases.clear();
        return removed;
    }

    QueueStats stats() {
        return new QueueStats(
                ready.size(),
                delayed.size(),
                leases.size(),
                deadLetters.size(),
                consumers.size(),
                Optional.ofNullable(ready.peek()).map(oldest -> Duration.between(oldest.readyAt(), now)));
    }

    private Instant firstDelayEnd() {
        return delayed.isEmpty() ? Instant.MAX : delayed.first().readyAt();
    }

    private Instant firstLeaseEnd() {
        return leases.isEmpty() ? Instant.MAX : leases.first().endsAt();
    }

    private void add(Entry entry) {
        if (isAhead(entry.readyAt())) {
            delayed.add(entry);
        } else {
            makeReady(entry);
        }
    }

    private void makeReady(Entry entry) {
        ready.add(entry);
        wakeWhoWaits.run();
    }

    private void expire(Lease lease) {
        if (lease.isLastAttempt()) {
            bury(lease, "Not settled within its lease at the last of " + lease.attempt() + " attempts", lease.endsAt());
        } else {
            makeReady(lease.entry().afterLease(lease.endsAt(), numbers.getAsLong()));
        }
    }

    private void bury(Lease lease, String reason, Instant time) {
        deadLetters.bury(numbers.getAsLong(), lease.entry(), lease.attempt(), reason, time);
    }

    private boolean isDue(Instant time) {
        return !isAhead(time);
    }

    private boolean isAhead(Instant time) {
        return time.isAfter(now);
    }
}
