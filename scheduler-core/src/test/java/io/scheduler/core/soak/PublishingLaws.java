package io.scheduler.core.soak;

/** What becomes of a publication: what was stored does not vanish, and what was not stored does not appear. */
final class PublishingLaws implements HistoryCheck.MessageLaw {

    private final History history;

    PublishingLaws(History history) {
        this.history = history;
    }

    @Override
    public void check(Story story, Findings findings) {
        boolean seen = !story.handouts().isEmpty() || !story.letters().isEmpty();
        if (seen
                && story.publications().stream()
                        .noneMatch(call -> call.outcome().mayBeDone())) {
            findings.broken(Law.NOT_DONE_IS_NOT_DONE, story, "no publication was done, and here it is");
        }
        if (!hasToBeThere(story) || !story.letters().isEmpty() || mayBeCompleted(story)) {
            return;
        }
        boolean byAStaleOne = story.handouts().stream()
                .flatMap(handout -> handout.settlements().stream()
                        .filter(settlement -> history.wasStale(
                                story, handout, settlement.call().began())))
                .findAny()
                .isPresent();
        findings.broken(
                byAStaleOne ? Law.STALE_CHANGES_NOTHING : Law.NOTHING_IS_LOST,
                story,
                "it was stored, and is neither completed nor a dead letter"
                        + (byAStaleOne ? "; a stale delivery was settled meanwhile" : ""));
    }

    /** Of what nobody acknowledged, that it was delivered tells that it was stored. */
    private boolean hasToBeThere(Story story) {
        return story.isAcknowledged() || story.handouts().stream().anyMatch(handout -> !history.mayBeUndone(handout));
    }

    /** A delivery that was stale already cannot have completed it, whatever its answer. */
    private boolean mayBeCompleted(Story story) {
        return story.handouts().stream()
                .anyMatch(handout -> handout.settlements().stream()
                        .filter(settlement -> settlement.kind() == Call.Kind.ACK)
                        .filter(handout::mayHaveDone)
                        .anyMatch(settlement -> settlement.outcome() == Outcome.DONE
                                || !history.wasStale(
                                        story, handout, settlement.call().began())));
    }
}
