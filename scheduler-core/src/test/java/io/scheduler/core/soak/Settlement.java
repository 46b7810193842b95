package io.scheduler.core.soak;

import java.time.Duration;

/** One try to settle a delivery or to extend its lease; a call may try several deliveries. */
final class Settlement {

    private final Call call;
    private final Duration delay;
    private volatile Outcome outcome = Outcome.UNDER_WAY;

    /** @param delay of a nack; zero otherwise */
    Settlement(Call call, Duration delay) {
        this.call = call;
        this.delay = delay;
    }

    void end(Outcome how) {
        outcome = how;
    }

    Call call() {
        return call;
    }

    Call.Kind kind() {
        return call.kind();
    }

    Duration delay() {
        return delay;
    }

    Outcome outcome() {
        return outcome;
    }

    @Override
    public String toString() {
        return call + (outcome == call.outcome() ? "" : ", for this message: " + outcome);
    }
}
