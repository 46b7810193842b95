package io.scheduler.core.soak;

import java.util.List;
import java.util.Set;

/**
 * Holds a history to the laws, when all calls in it are over. It finds what is broken for certain and nothing else: of
 * what happened at the broker it knows only that it was not before the call began and, if the call ended as done, not
 * after that.
 */
final class HistoryCheck {

    /** What is asked of each message. */
    interface MessageLaw {
        void check(Story story, Findings findings);
    }

    private final History history;
    private final List<MessageLaw> laws;
    private final CallLaws callLaws;
    private final Set<String> mayStillCome;

    /**
     * @param stalls how long this process itself stood still
     * @param mayStillCome ids of messages of earlier rounds whose publication may be done late
     */
    HistoryCheck(History history, int maxAttempts, Stalls stalls, Set<String> mayStillCome) {
        this.history = history;
        this.mayStillCome = mayStillCome;
        this.callLaws = new CallLaws(stalls);
        this.laws = List.of(
                new PublishingLaws(history),
                new ContentLaws(),
                new TimeLaws(history),
                new AttemptLaws(history, maxAttempts),
                new LeaseLaws(history),
                new SettlementLaws(history),
                new DeathLaws(history, maxAttempts));
    }

    Findings run() {
        Findings findings = new Findings();
        history.calls().forEach(call -> callLaws.check(call, findings));
        history.strangers().stream()
                .filter(stranger -> !mayStillCome.contains(stranger.message().id()))
                .forEach(stranger -> findings.broken(
                        Law.NOTHING_IS_INVENTED,
                        "nobody published in this round " + stranger.message() + ", " + stranger));
        for (Story story : history.stories()) {
            laws.forEach(law -> law.check(story, findings));
        }
        return findings;
    }
}
