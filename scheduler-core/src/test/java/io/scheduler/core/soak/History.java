package io.scheduler.core.soak;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.DeadLetter;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What happened in one round of a soak: every call, every delivery, every fault. Safe for use by several threads. */
final class History {

    private final Supplier<Instant> clock;
    private final Moment begin;
    private final Map<String, Story> stories = new ConcurrentHashMap<>();
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final Queue<Handout> strangers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger stored = new AtomicInteger();
    private final AtomicInteger settled = new AtomicInteger();
    private final List<FaultSpan> faults = new CopyOnWriteArrayList<>();

    /** @param clock the broker's */
    History(Supplier<Instant> clock) {
        this.clock = clock;
        this.begin = now();
    }

    Moment now() {
        return new Moment(System.nanoTime(), clock.get());
    }

    Moment begin() {
        return begin;
    }

    Call begin(Call.Kind kind, String detail, int queueObject, Duration allowed) {
        Call call = new Call(kind, detail, queueObject, now(), allowed);
        calls.add(call);
        return call;
    }

    void publishing(Message message, Call call) {
        stories.computeIfAbsent(message.id(), id -> {
                    stored.incrementAndGet();
                    return new Story(message);
                })
                .add(call);
    }

    void handedOut(Handout handout) {
        Optional.ofNullable(stories.get(handout.message().id()))
                .ifPresentOrElse(story -> story.add(handout), () -> strangers.add(handout));
    }

    void settled(Settlement settlement) {
        if (settlement.outcome() == Outcome.DONE
                && (settlement.kind() == Call.Kind.ACK || settlement.kind() == Call.Kind.REJECT)) {
            settled.incrementAndGet();
        }
    }

    /** Returns whether the letter belongs to a message that was published. */
    boolean died(String messageId, DeadLetter letter) {
        Optional<Story> story = Optional.ofNullable(stories.get(messageId));
        story.ifPresent(known -> known.add(letter));
        return story.isPresent();
    }

    void passed(FaultSpan fault) {
        faults.add(fault);
    }

    /** About how many messages wait to be worked on. */
    int waiting() {
        return stored.get() - settled.get();
    }

    Collection<Story> stories() {
        return stories.values();
    }

    Collection<Call> calls() {
        return calls;
    }

    /** What was delivered and has no story. */
    Collection<Handout> strangers() {
        return strangers;
    }

    List<FaultSpan> faults() {
        return faults;
    }

    /** Whether the broker may have forgotten leases meanwhile. */
    boolean leasesWereForgotten(Moment from, Moment to) {
        return faults.stream().anyMatch(fault -> fault.forgetsLeases() && fault.touches(from, to));
    }

    /** Whether the broker may have gone back to an earlier moment meanwhile. */
    boolean wentBack(Moment from, Moment to) {
        return faults.stream().anyMatch(fault -> fault.goesBack() && fault.touches(from, to));
    }

    /** Whether what a call did may be as if it had not been; an acknowledged publication may not. */
    boolean mayBeUndone(Call call) {
        return wentBack(call.began(), call.ended().orElseGet(this::now));
    }

    /**
     * Until when, by the broker's clock in milliseconds, a lease lasted at least, unless its handout may be undone:
     * from when it was asked for, or from when it was asked to be extended.
     */
    long leasedUntilMillis(Handout handout) {
        return leasedUntilMillis(handout, extension -> true);
    }

    /**
     * The same, as it was when somebody else got the message. If that may be undone, an extension that was asked for
     * afterwards does not tell that the lease had lasted until then.
     */
    long leasedUntilMillis(Handout handout, Handout later) {
        return leasedUntilMillis(
                handout, extension -> !mayBeUndone(later) || extension.began().isBefore(later.received()));
    }

    private long leasedUntilMillis(Handout handout, Predicate<Call> counts) {
        return handout.lease().toMillis()
                + Stream.concat(
                                Stream.of(handout.asked()),
                                handout.done(Call.Kind.EXTEND_LEASE)
                                        .map(Settlement::call)
                                        .filter(extension -> !mayBeUndone(extension))
                                        .filter(counts)
                                        .map(Call::began))
                        .mapToLong(Moment::millis)
                        .max()
                        .orElseThrow();
    }

    /** Whether a handout was stale for certain at a moment: a later one had reached its consumer. */
    boolean wasStale(Story story, Handout handout, Moment moment) {
        return story.after(handout).anyMatch(later -> later.received().isBefore(moment) && !mayBeUndone(later));
    }

    /** Whether a handout may be as if it had not been. */
    boolean mayBeUndone(Handout handout) {
        return wentBack(handout.asked(), handout.received());
    }
}
