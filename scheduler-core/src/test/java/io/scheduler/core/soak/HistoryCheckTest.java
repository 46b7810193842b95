package io.scheduler.core.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.Payload;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.OutcomeUnknownException;
import io.scheduler.core.queue.QueueUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What follows for certain from a history, and what does not; {@code at} is in milliseconds. */
class HistoryCheckTest {

    private static final Duration LEASE = Duration.ofMillis(1000);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Operation ANY = new Operation("ack", Optional.empty(), List.of());
    private static final Message MESSAGE = new Message(
            "m",
            "note",
            Payload.encoded("1".getBytes(StandardCharsets.UTF_8), EncodedAlready.CODEC),
            Map.of(),
            Instant.EPOCH,
            0,
            Optional.empty(),
            Optional.empty());

    private final History history = new History(Instant::now);

    @Test
    void aMessageThatWasAcknowledgedIsFine() {
        publish();
        settle(Call.Kind.ACK, received(1, 10, 20), 30, Outcome.DONE);

        assertThat(broken()).isEmpty();
    }

    @Test
    void aMessageWhoseAckMayBeDoneIsNotLost() {
        publish();
        settle(Call.Kind.ACK, received(1, 10, 20), 30, Outcome.UNKNOWN);

        assertThat(broken()).isEmpty();
    }

    @Test
    void aMessageWhoseAckWasNotDoneIsLost() {
        publish();
        settle(Call.Kind.ACK, received(1, 10, 20), 30, Outcome.NOT_DONE);

        assertThat(broken()).containsExactly(Law.NOTHING_IS_LOST);
    }

    @Test
    void aStaleAckDoesNotExplainWhereAMessageIs() {
        publish();
        Handout first = received(1, 10, 20);
        received(2, 1100, 1110);
        settle(Call.Kind.ACK, first, 1200, Outcome.UNKNOWN);

        assertThat(broken()).containsExactly(Law.STALE_CHANGES_NOTHING);
    }

    @Test
    void anAckBeforeTheNextHolderHasTheMessageIsFineAndThenTheNextOneIsNot() {
        publish();
        Handout first = received(1, 10, 20);
        settle(Call.Kind.ACK, first, 1050, Outcome.DONE);
        received(2, 1040, 1200);

        assertThat(broken()).containsExactly(Law.ACKNOWLEDGED_IS_DONE);
    }

    @Test
    void aMessageThatComesWithinTheLeaseOfAnotherIsHeldByTwo() {
        publish();
        received(1, 10, 20);
        settle(Call.Kind.ACK, received(2, 900, 1005), 1200, Outcome.DONE);

        assertThat(broken()).containsExactly(Law.LEASES_DO_NOT_OVERLAP);
    }

    @Test
    void aMessageThatComesWhenTheLeaseMayHaveEndedIsFine() {
        publish();
        received(1, 10, 500);
        settle(Call.Kind.ACK, received(2, 900, 1010), 1200, Outcome.DONE);

        assertThat(broken()).isEmpty();
    }

    @Test
    void aNackThatMayBeDoneLetsTheMessageComeAgain() {
        publish();
        settle(Call.Kind.NACK, received(1, 10, 20), 30, Outcome.UNKNOWN);
        settle(Call.Kind.ACK, received(2, 40, 50), 60, Outcome.DONE);

        assertThat(broken()).isEmpty();
    }

    @Test
    void aReleasedMessageComesAgainWithTheAttemptThatItHad() {
        publish();
        settle(Call.Kind.RELEASE, received(1, 10, 20), 30, Outcome.DONE);
        settle(Call.Kind.ACK, received(1, 40, 50), 60, Outcome.DONE);

        assertThat(broken()).isEmpty();
    }

    @Test
    void whatWasNotReleasedAfterAllDoesNot() {
        publish();
        settle(Call.Kind.RELEASE, received(1, 10, 20), 30, Outcome.NOT_DONE);
        settle(Call.Kind.ACK, received(1, 1040, 1050), 1060, Outcome.DONE);

        assertThat(broken()).containsExactly(Law.ATTEMPTS_RISE);
    }

    @Test
    void twoOfOneAttemptAreTwoEntries() {
        publish();
        Handout late = received(1, 36, 37);
        received(1, 10, 40);
        settle(Call.Kind.ACK, late, 50, Outcome.DONE);

        assertThat(broken()).containsExactly(Law.ONE_ENTRY);
    }

    /** Whichever was written down first, and although the later one began after the fault. */
    @Test
    void twoOfOneAttemptAreFineWhereLeasesWereForgottenMeanwhile() {
        publish();
        Handout late = received(1, 36, 37);
        received(1, 10, 40);
        settle(Call.Kind.ACK, late, 50, Outcome.DONE);
        history.passed(new FaultSpan("group destroyed", true, false, at(20), at(22)));

        assertThat(broken()).isEmpty();
    }

    @Test
    void aHolderThatIsTurnedAwayWithinItsLeaseIsWronged() {
        publish();
        Handout only = received(1, 10, 20);
        settle(Call.Kind.ACK, only, 30, Outcome.STALE);
        settle(Call.Kind.ACK, received(2, 1100, 1110), 1200, Outcome.DONE);

        assertThat(broken()).containsExactly(Law.VALID_IS_SETTLED);
    }

    @Test
    void anAckThatWasUndoneLetsTheMessageComeAgainWithTheAttemptThatItHad() {
        publish();
        goBack(15, 100);
        Handout undone = received(1, 20, 25);
        settle(Call.Kind.ACK, undone, 30, Outcome.DONE);
        settle(Call.Kind.ACK, received(1, 200, 210), 220, Outcome.DONE);

        assertThat(broken()).isEmpty();
    }

    @Test
    void whatWasAcknowledgedBeforeTheFaultStaysSo() {
        publish();
        settle(Call.Kind.ACK, received(1, 10, 20), 30, Outcome.DONE);
        goBack(40, 100);
        received(1, 50, 210);

        assertThat(broken()).contains(Law.ACKNOWLEDGED_IS_DONE);
    }

    @Test
    void whatWasHandedOutBeforeTheFaultIsHeldForAsLongAsItsLeaseLasts() {
        publish();
        received(1, 10, 20);
        goBack(30, 100);
        settle(Call.Kind.ACK, received(2, 200, 210), 220, Outcome.DONE);

        assertThat(broken()).containsExactly(Law.LEASES_DO_NOT_OVERLAP);
    }

    @Test
    void anExtensionThatWasUndoneHoldsNothing() {
        publish();
        Handout first = received(1, 10, 20);
        goBack(800, 900);
        settle(Call.Kind.EXTEND_LEASE, first, 850, Outcome.DONE);
        settle(Call.Kind.ACK, received(2, 1010, 1020), 1030, Outcome.DONE);

        assertThat(broken()).isEmpty();
    }

    @Test
    void anExtensionFromBeforeTheFaultDoes() {
        publish();
        Handout first = received(1, 10, 20);
        settle(Call.Kind.EXTEND_LEASE, first, 700, Outcome.DONE);
        goBack(800, 900);
        settle(Call.Kind.ACK, received(2, 1010, 1020), 1030, Outcome.DONE);

        assertThat(broken()).containsExactly(Law.LEASES_DO_NOT_OVERLAP);
    }

    @Test
    void ofTwoHandoutsTheOneThatWasUndoneNeitherCountsNorMakesStale() {
        publish();
        Handout first = received(1, 10, 20);
        goBack(1100, 1200);
        received(2, 1110, 1120);
        settle(Call.Kind.ACK, first, 1300, Outcome.DONE);

        assertThat(broken()).isEmpty();
    }

    /** Its lease had ended, and then it had not: nobody else was left who had got the message. */
    @Test
    void aHolderMayExtendItsLeaseAgainWhenTheHandoutThatCameAfterItWasUndone() {
        publish();
        Handout first = received(1, 10, 20);
        goBack(1100, 1200);
        received(2, 1110, 1120);
        settle(Call.Kind.EXTEND_LEASE, first, 1300, Outcome.DONE);
        settle(Call.Kind.ACK, first, 1310, Outcome.DONE);

        assertThat(broken()).isEmpty();
    }

    @Test
    void aHandoutThatWasUndoneComesTooEarlyAllTheSame() {
        publish();
        Handout first = received(1, 10, 20);
        goBack(30, 100);
        received(2, 50, 60);
        settle(Call.Kind.EXTEND_LEASE, first, 300, Outcome.DONE);
        settle(Call.Kind.ACK, first, 310, Outcome.DONE);

        assertThat(broken()).containsExactly(Law.LEASES_DO_NOT_OVERLAP);
    }

    @Test
    void anAcknowledgedPublicationIsNotUndone() {
        publish();
        goBack(0, 100);

        assertThat(broken()).containsExactly(Law.NOTHING_IS_LOST);
    }

    @Test
    void oneThatDidNotReturnMayBe() {
        publish(Outcome.UNKNOWN);
        goBack(0, 100);
        settle(Call.Kind.NACK, received(1, 10, 20), 30, Outcome.DONE);

        assertThat(broken()).isEmpty();
    }

    @Test
    void unlessItWasHandedOutBefore() {
        publish(Outcome.UNKNOWN);
        settle(Call.Kind.NACK, received(1, 10, 20), 30, Outcome.DONE);
        goBack(25, 100);

        assertThat(broken()).containsExactly(Law.NOTHING_IS_LOST);
    }

    /** A fail-over from one moment to another. */
    private void goBack(long from, long to) {
        history.passed(new FaultSpan("another takes over", false, true, at(from), at(to)));
    }

    private Set<Law> broken() {
        return new HistoryCheck(history, 5, (from, to) -> Duration.ZERO, Set.of())
                .run()
                .laws();
    }

    private void publish() {
        publish(Outcome.DONE);
    }

    private void publish(Outcome outcome) {
        Call call = new Call(Call.Kind.PUBLISH, "", 0, at(0), LONG);
        call.end(at(1), outcome);
        history.publishing(MESSAGE, call);
    }

    private Handout received(int attempt, long asked, long received) {
        Call call = new Call(Call.Kind.RECEIVE, "", 1, at(asked), LONG);
        int retries = attempt > 1
                        && history.stories().iterator().next().handouts().stream()
                                .anyMatch(handout -> handout.settlements().stream()
                                        .anyMatch(settlement -> settlement.kind() == Call.Kind.NACK))
                ? 1
                : 0;
        Handout handout = new Handout(call, at(received), MESSAGE.withRetryCount(retries), attempt, LEASE, false);
        history.handedOut(handout);
        return handout;
    }

    private static void settle(Call.Kind kind, Handout handout, long when, Outcome outcome) {
        Call call = new Call(kind, "", 1, at(when), LONG);
        Settlement settlement = new Settlement(call, Duration.ZERO);
        handout.add(settlement);
        switch (outcome) {
            case NOT_DONE -> call.fail(at(when + 1), new QueueUnavailableException(ANY, "away", null));
            case UNKNOWN -> call.fail(at(when + 1), new OutcomeUnknownException(ANY, "away", null));
            default -> call.end(at(when + 1), outcome);
        }
        settlement.end(call.outcome());
    }

    private static Moment at(long millis) {
        return new Moment(millis * 1_000_000, Instant.ofEpochMilli(millis));
    }
}
