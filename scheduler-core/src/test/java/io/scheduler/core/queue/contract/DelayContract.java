package io.scheduler.core.queue.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.QueueStats;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Delays: a message whose time has not come waits apart from those that are ready. */
public abstract class DelayContract extends QueueContract {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final Duration DELAY = Duration.ofMillis(300);

    @ParameterizedTest
    @EnumSource
    @Rule("1.8")
    void aMessageWhoseTimeHasNotComeIsDelayed(Way way) {
        way.publish(queue(), orders, inAnHour());

        assertThat(queue().stats(orders)).isEqualTo(new QueueStats(0, 1, 0, 0, 0, Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource
    @Rule("1.8")
    void aMessageWhoseTimeHasPassedIsReady(Way way) {
        way.publish(queue(), orders, notBefore(now().minus(1, ChronoUnit.HOURS)));

        assertThat(queue().stats(orders).ready()).isEqualTo(1);
        assertThat(queue().stats(orders).delayed()).isZero();
    }

    @Test
    @Rule("1.8")
    void theEndsOfTheCalendarAreTimesLikeAnyOther() {
        queue().publish(orders, notBefore(EARLIEST));
        queue().publishAll(orders, List.of(notBefore(LATEST), notBefore(LATEST)));

        assertThat(queue().stats(orders).ready()).isEqualTo(1);
        assertThat(queue().stats(orders).delayed()).isEqualTo(2);
    }

    @Test
    @Rule({"1.1", "1.8"})
    void aListMayHoldBothKinds() {
        queue().publishAll(orders, List.of(inAnHour(), Messages.any(), inAnHour(), Messages.any(), inAnHour()));

        assertThat(queue().stats(orders).ready()).isEqualTo(2);
        assertThat(queue().stats(orders).delayed()).isEqualTo(3);
    }

    @Test
    @Rule("1.8")
    void messagesOfOneAndTheSameInstantAreAllKept() {
        Instant instant = now().plus(1, ChronoUnit.HOURS);

        queue().publishAll(orders, List.of(notBefore(instant), notBefore(instant), notBefore(instant)));

        assertThat(queue().stats(orders).delayed()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    @Rule({"1.3", "1.8"})
    void aDelayedIdIsStoredOnceToo(Way way) {
        Message message = inAnHour();
        way.publish(queue(), orders, message);

        way.publish(queue(), orders, message);
        way.publish(queue(), orders, Messages.corrected(message));

        assertThat(queue().stats(orders)).isEqualTo(new QueueStats(0, 1, 0, 0, 0, Optional.empty()));
    }

    @Test
    @Rule("1.8")
    void whatIsDelayedDoesNotCome() {
        Message ready = Messages.any();
        queue().publishAll(orders, List.of(inAnHour(), ready, inAnHour()));

        assertThat(Deliveries.next(queue(), orders).message().id()).isEqualTo(ready.id());
        Deliveries.none(queue(), orders);
        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(0, 2, 1, 0));
    }

    @Test
    @Rule("1.8")
    void onceItsTimeHasComeAMessageCountsAsReady() {
        queue().publish(orders, notBefore(now().plus(DELAY)));

        pass(DELAY);

        Eventually.holds(() -> {
            assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(1, 0, 0, 0));
            assertThat(queue().stats(orders).oldestReadyAge()).isPresent();
        });
    }

    @ParameterizedTest
    @EnumSource
    @Rule({"1.8", "3.5"})
    void onceItsTimeHasComeAMessageWakesWhoeverWaitsAndNotBefore(Way way) {
        Message message = notBefore(now().plus(DELAY));
        way.publish(queue(), orders, message);

        Waiting<Arrival> arrival = Waiting.in(this::nextArrival);
        pass(DELAY.dividedBy(2));
        arrival.untilItStandsStill();
        pass(DELAY.dividedBy(2));

        assertThat(arrival.endsPromptly().delivery().message().id()).isEqualTo(message.id());
        assertThat(arrival.endsPromptly().delivery().attempt()).isEqualTo(1);
        assertThat(arrival.endsPromptly().time())
                .isAfterOrEqualTo(message.notBefore().orElseThrow());
    }

    @Test
    @Rule({"1.8", "3.5"})
    void aMessageThatIsPublishedWhileSomebodyWaitsIsWaitedForToo() {
        Waiting<Arrival> arrival = Waiting.in(this::nextArrival);
        Message message = notBefore(now().plus(DELAY));

        queue().publish(orders, message);
        pass(DELAY);

        assertThat(arrival.endsPromptly().delivery().message().id()).isEqualTo(message.id());
        assertThat(arrival.endsPromptly().time())
                .isAfterOrEqualTo(message.notBefore().orElseThrow());
    }

    @Test
    @Rule("1.8")
    void messagesWhoseTimeHasComeComeInTheOrderOfTheirTimes() {
        Instant start = now();
        Message last = notBefore(start.plusMillis(300));
        Message first = notBefore(start.plusMillis(100));
        Message second = notBefore(start.plusMillis(200));
        queue().publishAll(orders, List.of(last, first, second));

        pass(Duration.ofMillis(300));

        assertThat(Deliveries.ids(Deliveries.next(queue(), orders, 3)))
                .containsExactly(first.id(), second.id(), last.id());
    }

    @Test
    @Rule({"1.8", "3.3"})
    void aMessageThatWasDelayedIsWhatWasPublished() {
        Message message = Messages.builder()
                .notBefore(now().plus(DELAY))
                .correlationId("order-7")
                .header("traceparent", "größer als 1 €")
                .build();
        queue().publish(orders, message);

        pass(DELAY);

        Message received = Deliveries.next(queue(), orders).message();
        assertThat(received.withPayload(message.payload())).isEqualTo(message);
        assertThat(Messages.text(received)).isEqualTo("hello");
    }
}
