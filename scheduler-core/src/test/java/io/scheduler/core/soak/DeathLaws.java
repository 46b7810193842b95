package io.scheduler.core.soak;

import io.scheduler.core.queue.DeadLetter;

/** Who dies, and that it dies once. */
final class DeathLaws implements HistoryCheck.MessageLaw {

    private final History history;
    private final int maxAttempts;

    DeathLaws(History history, int maxAttempts) {
        this.history = history;
        this.maxAttempts = maxAttempts;
    }

    @Override
    public void check(Story story, Findings findings) {
        if (story.letters().isEmpty()) {
            return;
        }
        if (story.letters().size() > 1) {
            findings.broken(
                    Law.DEAD_FOR_A_REASON, story, "there are " + story.letters().size() + " letters of it");
        }
        if (story.handouts().stream()
                .flatMap(handout -> handout.done(Call.Kind.ACK))
                .anyMatch(ack -> !history.mayBeUndone(ack.call()))) {
            findings.broken(Law.ACKNOWLEDGED_IS_DONE, story, "it was acknowledged, and is a dead letter");
        }
        for (DeadLetter letter : story.letters()) {
            boolean rejected = story.handouts().stream()
                    .anyMatch(handout -> handout.settlements().stream()
                            .anyMatch(settlement ->
                                    settlement.kind() == Call.Kind.REJECT && handout.mayHaveDone(settlement)));
            if (letter.attempts() != maxAttempts && !rejected) {
                findings.broken(
                        Law.DEAD_FOR_A_REASON,
                        story,
                        "nobody rejected it, and it died after " + letter.attempts() + " of " + maxAttempts
                                + " attempts: " + letter.reason());
            }
        }
    }
}
