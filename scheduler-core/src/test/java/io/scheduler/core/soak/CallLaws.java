package io.scheduler.core.soak;

import java.time.Duration;

/** How calls end. */
final class CallLaws {

    private final Stalls stalls;

    CallLaws(Stalls stalls) {
        this.stalls = stalls;
    }

    void check(Call call, Findings findings) {
        if (call.ended().isEmpty()) {
            findings.broken(Law.ENDS_IN_TIME, call + "; it may take " + call.allowed());
            return;
        }
        Moment end = call.ended().get();
        Duration took = call.began().until(end);
        Duration allowed = call.allowed().plus(stalls.between(call.began(), end));
        if (took.compareTo(allowed) > 0) {
            findings.broken(
                    Law.ENDS_IN_TIME,
                    call + ", at " + call.began().time() + ": took " + took.toMillis() + " ms, and may take "
                            + allowed.toMillis() + " ms");
        }
        if (call.outcome() == Outcome.BROKEN) {
            findings.broken(Law.ENDS_AS_PROMISED, call.toString());
        }
    }
}
