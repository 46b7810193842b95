package io.scheduler.core.soak;

import java.util.Optional;

/** One holder at a time, for as long as the lease lasts and until it is settled. */
final class LeaseLaws implements HistoryCheck.MessageLaw {

    private final History history;

    LeaseLaws(History history) {
        this.history = history;
    }

    @Override
    public void check(Story story, Findings findings) {
        for (Handout handout : story.handouts()) {
            Optional<Settlement> end = handout.settlements().stream()
                    .filter(settlement -> settlement.outcome() == Outcome.DONE)
                    .filter(settlement -> settlement.kind() == Call.Kind.ACK || settlement.kind() == Call.Kind.REJECT)
                    .filter(settlement -> !history.mayBeUndone(settlement.call()))
                    .findFirst();
            story.handouts().stream().filter(other -> other != handout).forEach(other -> {
                if (end.isPresent() && cameAfter(end.get(), handout, other)) {
                    findings.broken(
                            Law.ACKNOWLEDGED_IS_DONE,
                            story,
                            "attempt " + other.attempt() + " came although of attempt " + handout.attempt()
                                    + " there was " + end.get());
                } else if (other.attempt() > handout.attempt() && cameWithinTheLease(handout, other)) {
                    findings.broken(
                            Law.LEASES_DO_NOT_OVERLAP,
                            story,
                            "attempt " + other.attempt() + " came while the lease of attempt " + handout.attempt()
                                    + " had "
                                    + (history.leasedUntilMillis(handout, other)
                                            - other.received().millis())
                                    + " ms to go");
                }
            });
        }
    }

    /** A higher attempt was handed out later; what was handed out before an ack that succeeded had become stale. */
    private boolean cameAfter(Settlement end, Handout handout, Handout other) {
        return end.call().endedBefore(other.asked())
                || (other.attempt() > handout.attempt()
                        && !history.mayBeUndone(other)
                        && !history.leasesWereForgotten(handout.asked(), other.received()));
    }

    private boolean cameWithinTheLease(Handout handout, Handout later) {
        boolean letGo = handout.settlements().stream()
                .filter(settlement -> settlement.kind().isSettlement() && handout.mayHaveDone(settlement))
                .anyMatch(settlement -> settlement.call().began().isBefore(later.received()));
        return !letGo
                && handout.asked().isBefore(later.received())
                && later.received().millis() < history.leasedUntilMillis(handout, later)
                && !history.mayBeUndone(handout)
                && !history.leasesWereForgotten(handout.asked(), later.received());
    }
}
