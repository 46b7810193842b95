package io.scheduler.core.soak;

import java.util.List;

/** Deliveries of a message are told apart by their attempts, which rise up to the maximum. */
final class AttemptLaws implements HistoryCheck.MessageLaw {

    private final History history;
    private final int maxAttempts;

    AttemptLaws(History history, int maxAttempts) {
        this.history = history;
        this.maxAttempts = maxAttempts;
    }

    @Override
    public void check(Story story, Findings findings) {
        List<Handout> handouts = story.handouts();
        for (int i = 0; i < handouts.size(); i++) {
            Handout one = handouts.get(i);
            if (one.attempt() < 1 || one.attempt() > maxAttempts) {
                findings.broken(
                        Law.ATTEMPTS_END, story, "attempt " + one.attempt() + " of " + maxAttempts + " at most");
            }
            checkRetries(story, one, findings);
            for (Handout other : handouts.subList(i + 1, handouts.size())) {
                if (one.received().isBefore(other.asked())) {
                    checkOrder(story, one, other, findings);
                } else if (other.received().isBefore(one.asked())) {
                    checkOrder(story, other, one, findings);
                } else if (other.attempt() == one.attempt() && !mayBeReleased(one) && !history.mayBeUndone(one)) {
                    checkOrder(story, other, one, findings);
                }
            }
        }
    }

    /** Of two that were received at once with one attempt, either may be the earlier. */
    private void checkOrder(Story story, Handout earlier, Handout later, Findings findings) {
        if (history.mayBeUndone(earlier)) {
            return;
        }
        boolean forgotten = history.leasesWereForgotten(
                Moment.first(earlier.asked(), later.asked()), Moment.last(earlier.received(), later.received()));
        boolean uncounted = forgotten || mayBeReleased(earlier);
        if (later.attempt() > earlier.attempt() || (uncounted && later.attempt() == earlier.attempt())) {
            return;
        }
        boolean anotherEntry = later.attempt() == 1 && cannotHaveComeBack(earlier, later);
        findings.broken(
                anotherEntry ? Law.ONE_ENTRY : Law.ATTEMPTS_RISE,
                story,
                "attempt " + later.attempt() + " came after attempt " + earlier.attempt()
                        + (anotherEntry ? ", which had been completed or was still being worked on" : ""));
    }

    /** Whether the earlier delivery was completed, or still held the message when the later one came. */
    private boolean cannotHaveComeBack(Handout earlier, Handout later) {
        boolean completed = earlier.done(Call.Kind.ACK).findAny().isPresent();
        boolean letGo = earlier.settlements().stream()
                .anyMatch(settlement -> settlement.kind().isSettlement() && earlier.mayHaveDone(settlement));
        return completed || (!letGo && later.received().millis() < history.leasedUntilMillis(earlier));
    }

    private static boolean mayBeReleased(Handout handout) {
        return handout.settlements().stream()
                .anyMatch(settlement -> settlement.kind() == Call.Kind.RELEASE && handout.mayHaveDone(settlement));
    }

    private void checkRetries(Story story, Handout handout, Findings findings) {
        long least = 0;
        long most = 0;
        for (Handout earlier : story.handouts()) {
            if (earlier.attempt() >= handout.attempt()) {
                continue;
            }
            least += !history.mayBeUndone(handout)
                            && earlier.done(Call.Kind.NACK).anyMatch(nack -> !history.mayBeUndone(nack.call()))
                    ? 1
                    : 0;
            most += earlier.settlements().stream()
                            .anyMatch(settlement ->
                                    settlement.kind() == Call.Kind.NACK && earlier.mayHaveDone(settlement))
                    ? 1
                    : 0;
        }
        long counted = handout.message().retryCount() - story.message().retryCount();
        if (counted < least || counted > most) {
            findings.broken(
                    Law.RETRIES_ARE_COUNTED,
                    story,
                    "attempt " + handout.attempt() + " counts " + counted + " retries; it was handed back " + least
                            + (most > least ? " to " + most : "") + " times");
        }
    }
}
