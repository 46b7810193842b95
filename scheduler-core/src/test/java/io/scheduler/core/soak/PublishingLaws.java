package io.scheduler.core.soak;

/** What becomes of a publication: what was stored does not vanish, and what was not stored does not appear. */
final class PublishingLaws implements HistoryCheck.MessageLaw {

    @Override
    public void check(Story story, Findings findings) {
        boolean seen = !story.handouts().isEmpty() || !story.letters().isEmpty();
        if (seen
                && story.publications().stream()
                        .noneMatch(call -> call.outcome().mayBeDone())) {
            findings.broken(Law.NOT_DONE_IS_NOT_DONE, story, "no publication was done, and here it is");
        }
        if (!story.wasStored() || !story.letters().isEmpty() || mayBeCompleted(story)) {
            return;
        }
        boolean byAStaleOne = story.handouts().stream()
                .flatMap(handout -> handout.settlements().stream()
                        .filter(settlement ->
                                story.wasStale(handout, settlement.call().began())))
                .findAny()
                .isPresent();
        findings.broken(
                byAStaleOne ? Law.STALE_CHANGES_NOTHING : Law.NOTHING_IS_LOST,
                story,
                "it was stored, and is neither completed nor a dead letter"
                        + (byAStaleOne ? "; a stale delivery was settled meanwhile" : ""));
    }

    /** A delivery that was stale already cannot have completed it, whatever its answer. */
    private static boolean mayBeCompleted(Story story) {
        return story.handouts().stream()
                .anyMatch(handout -> handout.settlements().stream()
                        .filter(settlement -> settlement.kind() == Call.Kind.ACK)
                        .filter(handout::mayHaveDone)
                        .anyMatch(settlement -> settlement.outcome() == Outcome.DONE
                                || !story.wasStale(handout, settlement.call().began())));
    }
}
