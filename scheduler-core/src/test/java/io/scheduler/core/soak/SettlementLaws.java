package io.scheduler.core.soak;

import java.util.List;

/** What the answers to settlements may be. */
final class SettlementLaws implements HistoryCheck.MessageLaw {

    private final History history;

    SettlementLaws(History history) {
        this.history = history;
    }

    @Override
    public void check(Story story, Findings findings) {
        for (Handout handout : story.handouts()) {
            List<Settlement> all = handout.settlements();
            List<Settlement> done = all.stream()
                    .filter(s -> s.kind().isSettlement() && s.outcome() == Outcome.DONE)
                    .filter(s -> !history.mayBeUndone(s.call()))
                    .toList();
            if (done.size() > 1) {
                findings.broken(Law.SETTLED_ONCE, story, "attempt " + handout.attempt() + " was settled by " + done);
            }
            for (Settlement settlement : all) {
                if (settlement.outcome() == Outcome.DONE) {
                    checkDone(story, handout, settlement, findings);
                } else if (settlement.outcome() == Outcome.STALE) {
                    checkStale(story, handout, settlement, findings);
                }
            }
        }
    }

    private void checkDone(Story story, Handout handout, Settlement settlement, Findings findings) {
        Moment began = settlement.call().began();
        story.after(handout)
                .filter(later -> later.received().isBefore(began) && !history.mayBeUndone(later))
                .filter(later -> !history.leasesWereForgotten(handout.asked(), later.received()))
                .findFirst()
                .ifPresent(later -> findings.broken(
                        Law.STALE_CHANGES_NOTHING,
                        story,
                        "attempt " + handout.attempt() + " had become stale by attempt " + later.attempt()
                                + ", and then there was " + settlement));
        handout.settlements().stream()
                .filter(other -> other.kind().isSettlement() && other.outcome() == Outcome.DONE)
                .filter(other -> other.call().endedBefore(began) && !history.mayBeUndone(other.call()))
                .findFirst()
                .ifPresent(other -> findings.broken(
                        Law.STALE_CHANGES_NOTHING,
                        story,
                        "attempt " + handout.attempt() + " was settled by " + other + ", and then there was "
                                + settlement));
    }

    private void checkStale(Story story, Handout handout, Settlement settlement, Findings findings) {
        Moment end = settlement.call().ended().orElseThrow();
        boolean perhapsSettled = handout.settlements().stream()
                .filter(other -> other != settlement && other.kind().isSettlement())
                .filter(other -> handout.mayHaveDone(other))
                .anyMatch(other -> other.call().began().isBefore(end));
        boolean ended = end.millis() >= history.leasedUntilMillis(handout);
        if (handout.repeatsCalls()
                || perhapsSettled
                || ended
                || history.mayBeUndone(handout)
                || history.leasesWereForgotten(handout.asked(), end)) {
            return;
        }
        findings.broken(
                Law.VALID_IS_SETTLED,
                story,
                "the lease of attempt " + handout.attempt() + " had "
                        + (history.leasedUntilMillis(handout) - end.millis()) + " ms to go after " + settlement);
    }
}
