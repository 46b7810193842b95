package io.scheduler.core.soak;

/** Nothing comes before its time, by the broker's clock in milliseconds. */
final class TimeLaws implements HistoryCheck.MessageLaw {

    private final History history;

    TimeLaws(History history) {
        this.history = history;
    }

    @Override
    public void check(Story story, Findings findings) {
        for (Handout handout : story.handouts()) {
            story.message()
                    .notBefore()
                    .filter(handout.received().time()::isBefore)
                    .ifPresent(due -> findings.broken(
                            Law.NEVER_EARLY,
                            story,
                            "not before " + due + ", and received at "
                                    + handout.received().time()));
            handout.done(Call.Kind.NACK)
                    .filter(nack -> !history.mayBeUndone(nack.call()))
                    .forEach(nack -> checkDelay(story, handout, nack, findings));
        }
    }

    private void checkDelay(Story story, Handout handout, Settlement nack, Findings findings) {
        long due = nack.call().began().millis() + nack.delay().toMillis();
        story.after(handout)
                .filter(later -> later.received().millis() < due && !history.mayBeUndone(later))
                .forEach(later -> findings.broken(
                        Law.NEVER_EARLY,
                        story,
                        "attempt " + later.attempt() + " came "
                                + (later.received().millis()
                                        - nack.call().began().millis())
                                + " ms after it was handed back for "
                                + nack.delay().toMillis() + " ms"));
    }
}
