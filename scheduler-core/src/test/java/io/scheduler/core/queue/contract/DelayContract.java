package io.scheduler.core.queue.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.QueueStats;
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
        way.publish(queue(), orders, notBefore(Instant.now().minus(1, ChronoUnit.HOURS)));

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
        Instant instant = Instant.now().plus(1, ChronoUnit.HOURS);

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

    private static Message inAnHour() {
        return notBefore(Instant.now().plus(1, ChronoUnit.HOURS));
    }

    private static Message notBefore(Instant instant) {
        return Messages.builder().notBefore(instant).build();
    }
}
