package io.scheduler.core.soak;

import io.scheduler.core.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A delivery as a consumer got it, and all that was tried with it. */
final class Handout {

    private final Call receive;
    private final Moment received;
    private final Message message;
    private final int attempt;
    private final Duration lease;
    private final boolean repeatsCalls;
    private final List<Settlement> settlements = new CopyOnWriteArrayList<>();

    Handout(Call receive, Moment received, Message message, int attempt, Duration lease, boolean repeatsCalls) {
        this.receive = receive;
        this.received = received;
        this.message = message;
        this.attempt = attempt;
        this.lease = lease;
        this.repeatsCalls = repeatsCalls;
    }

    void add(Settlement settlement) {
        settlements.add(settlement);
    }

    /** The broker handed it out after this. */
    Moment asked() {
        return receive.began();
    }

    /** The broker had handed it out before this. */
    Moment received() {
        return received;
    }

    Message message() {
        return message;
    }

    int attempt() {
        return attempt;
    }

    List<Settlement> settlements() {
        return settlements;
    }

    Stream<Settlement> done(Call.Kind kind) {
        return settlements.stream().filter(s -> s.kind() == kind && s.outcome() == Outcome.DONE);
    }

    /** Whether an answer of "stale" may hide that the same call, or one before, has done it. */
    boolean mayHaveDone(Settlement settlement) {
        return settlement.outcome().mayBeDone() || (settlement.outcome() == Outcome.STALE && repeatsCalls);
    }

    boolean repeatsCalls() {
        return repeatsCalls;
    }

    Duration lease() {
        return lease;
    }

    @Override
    public String toString() {
        return "received by " + receive.queueObject() + ": attempt " + attempt + ", retries " + message.retryCount();
    }
}
