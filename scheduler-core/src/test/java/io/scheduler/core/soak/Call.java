package io.scheduler.core.soak;

import java.time.Duration;
import java.util.Optional;

/** One call of the port: when it began and ended, and how. Written by the threads that call, read by all. */
final class Call {

    /** What was asked. */
    enum Kind {
        PUBLISH,
        RECEIVE,
        ACK,
        NACK,
        RELEASE,
        REJECT,
        EXTEND_LEASE,
        ADMIN,
        CLOSE;

        boolean isSettlement() {
            return this == ACK || this == NACK || this == RELEASE || this == REJECT;
        }

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        }
    }

    private final Kind kind;
    private final String detail;
    private final int queueObject;
    private final Moment began;
    private final Duration allowed;
    private volatile Outcome outcome = Outcome.UNDER_WAY;
    private volatile Optional<Moment> ended = Optional.empty();
    private volatile Optional<Throwable> failure = Optional.empty();

    /**
     * @param detail what else there is to say of it, for instance the delay; may be empty
     * @param queueObject the number of the queue object that was asked
     * @param allowed how long it may take
     */
    Call(Kind kind, String detail, int queueObject, Moment began, Duration allowed) {
        this.kind = kind;
        this.detail = detail;
        this.queueObject = queueObject;
        this.began = began;
        this.allowed = allowed;
    }

    void end(Moment when, Outcome how) {
        outcome = how;
        ended = Optional.of(when);
    }

    void fail(Moment when, Throwable cause) {
        failure = Optional.of(cause);
        end(when, Outcome.of(cause));
    }

    Kind kind() {
        return kind;
    }

    int queueObject() {
        return queueObject;
    }

    Moment began() {
        return began;
    }

    Duration allowed() {
        return allowed;
    }

    Outcome outcome() {
        return outcome;
    }

    Optional<Moment> ended() {
        return ended;
    }

    Optional<Throwable> failure() {
        return failure;
    }

    /** Whether it was over before a moment. */
    boolean endedBefore(Moment moment) {
        return ended.filter(end -> end.isBefore(moment)).isPresent();
    }

    /** What was asked and how it ended, without the times. */
    @Override
    public String toString() {
        return kind + (detail.isEmpty() ? "" : " " + detail) + " by " + queueObject + ": " + outcome
                + failure.map(cause -> " (" + cause.getClass().getSimpleName() + ": " + cause.getMessage() + ")")
                        .orElse("");
    }
}
