package io.scheduler.core.queue.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueStats;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Administration: when a queue exists, what is counted, and what purging and deleting leave behind. */
public abstract class AdminContract extends QueueContract {

    @ParameterizedTest
    @EnumSource
    @Rule("2.1")
    void aQueueAppearsWithItsFirstMessage(Way way) {
        way.publish(queue(), orders, Messages.any());

        assertThat(queue().exists(orders)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    @Rule("2.1")
    void aQueueAppearsWithADelayedMessageToo(Way way) {
        way.publish(queue(), orders, inAnHour());

        assertThat(queue().exists(orders)).isTrue();
    }

    @Test
    @Rule("2.1")
    void aQueueAppearsWhenSomebodyReceives() {
        queue().receive(orders, 1, Duration.ZERO);

        assertThat(queue().exists(orders)).isTrue();
        assertThat(queue().create(orders)).isFalse();
        assertThat(queue().size(orders)).isZero();
    }

    @Test
    @Rule("2.2")
    void aQueueIsCreatedOnce() {
        assertThat(queue().create(orders)).isTrue();
        assertThat(queue().create(orders)).isFalse();
        assertThat(queue().exists(orders)).isTrue();
        assertThat(queue().stats(orders)).isEqualTo(QueueStats.EMPTY);
    }

    @Test
    @Rule("2.2")
    void aQueueThatWasPublishedToNeedsNoCreating() {
        queue().publish(orders, Messages.any());

        assertThat(queue().create(orders)).isFalse();
        assertThat(queue().size(orders)).isEqualTo(1);
    }

    @Test
    @Rule("2.2")
    void aQueueOfADelayedMessageNeedsNoCreating() {
        queue().publish(orders, inAnHour());

        assertThat(queue().create(orders)).isFalse();
        assertThat(queue().size(orders)).isEqualTo(1);
    }

    @Test
    @Rule({"2.2", "9.1"})
    void oneOfManyThreadsCreatesTheQueue() {
        List<Boolean> created = Together.run(thread -> queue().create(orders));

        assertThat(created).containsOnlyOnce(true);
    }

    @Test
    @Rule("2.3")
    void aQueueThatDoesNotExistIsAnEmptyOneAndAskingDoesNotCreateIt() {
        assertThat(queue().stats(orders)).isEqualTo(QueueStats.EMPTY);
        assertThat(queue().size(orders)).isZero();
        assertThat(queue().purge(orders)).isZero();
        assertThat(queue().delete(orders)).isFalse();

        assertThat(queue().exists(orders)).isFalse();
    }

    @Test
    @Rule("2.4")
    void aQueueStaysWhenItRunsEmpty() {
        queue().publish(orders, Messages.any());

        queue().purge(orders);

        assertThat(queue().exists(orders)).isTrue();
        assertThat(queue().create(orders)).isFalse();
    }

    @Test
    @Rule("2.4")
    void aQueueOfDelayedMessagesStaysWhenItRunsEmpty() {
        queue().publish(orders, inAnHour());

        queue().purge(orders);

        assertThat(queue().exists(orders)).isTrue();
    }

    @Test
    @Rule("2.5")
    void purgingRemovesWhatIsReadyAndWhatIsDelayedAndCountsIt() {
        queue().publishAll(orders, List.of(Messages.any(), Messages.any(), inAnHour()));

        assertThat(queue().purge(orders)).isEqualTo(3);

        assertThat(queue().stats(orders)).isEqualTo(QueueStats.EMPTY);
        assertThat(queue().purge(orders)).isZero();
    }

    @Test
    @Rule("2.5")
    void purgingRemovesWhatIsInFlightToo() {
        queue().publishAll(orders, List.of(Messages.any(), Messages.any(), Messages.any(), inAnHour()));
        Deliveries.next(queue(), orders, 2);

        assertThat(queue().purge(orders)).isEqualTo(4);

        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(0, 0, 0, 0));
        Deliveries.none(queue(), orders);
        Deliveries.none(open(ContractSettings.LASTING), orders);
    }

    @Test
    @Rule("2.5")
    void aQueueThatWasPurgedGoesOn() {
        queue().publishAll(orders, Messages.several(2));
        Deliveries.next(queue(), orders);
        queue().purge(orders);
        Message message = Messages.any();

        queue().publish(orders, message);

        assertThat(Deliveries.next(queue(), orders).message().id()).isEqualTo(message.id());
    }

    @Test
    @Rule("2.5")
    void purgingKeepsIdsInMind() {
        List<Message> messages = List.of(Messages.any(), inAnHour());
        queue().publishAll(orders, messages);
        queue().purge(orders);

        queue().publishAll(orders, messages);
        assertThat(queue().size(orders)).isZero();

        queue().publish(orders, Messages.any());
        assertThat(queue().size(orders)).isEqualTo(1);
    }

    @Test
    @Rule("2.6")
    void deletingRemovesTheQueueWithItsMessages() {
        queue().publishAll(orders, List.of(Messages.any(), inAnHour()));

        assertThat(queue().delete(orders)).isTrue();

        assertThat(queue().exists(orders)).isFalse();
        assertThat(queue().stats(orders)).isEqualTo(QueueStats.EMPTY);
        assertThat(queue().delete(orders)).isFalse();
    }

    @Test
    @Rule("2.6")
    void deletingRemovesWhatIsInFlightToo() {
        queue().publishAll(orders, Messages.several(2));
        Deliveries.next(queue(), orders);

        assertThat(queue().delete(orders)).isTrue();

        assertThat(queue().exists(orders)).isFalse();
        Deliveries.none(queue(), orders);
        assertThat(queue().size(orders)).isZero();
    }

    @Test
    @Rule("2.6")
    void deletingForgetsIds() {
        List<Message> messages = List.of(Messages.any(), inAnHour());
        queue().publishAll(orders, messages);
        queue().delete(orders);

        queue().publishAll(orders, messages);

        assertThat(queue().size(orders)).isEqualTo(2);
    }

    @Test
    @Rule("2.6")
    void aQueueThatWasDeletedBeginsAnew() {
        queue().publishAll(orders, List.of(Messages.any(), inAnHour()));
        queue().delete(orders);

        assertThat(queue().create(orders)).isTrue();

        assertThat(queue().stats(orders)).isEqualTo(QueueStats.EMPTY);
    }

    @Test
    @Rule("2.6")
    void anEmptyQueueIsDeletedLikeAnyOther() {
        queue().create(orders);

        assertThat(queue().delete(orders)).isTrue();

        assertThat(queue().exists(orders)).isFalse();
    }

    @Test
    @Rule("2.7")
    void theSizeIsThatOfTheStats() {
        queue().publishAll(orders, List.of(Messages.any(), Messages.any(), inAnHour()));

        assertThat(queue().size(orders))
                .isEqualTo(3)
                .isEqualTo(queue().stats(orders).size());
    }

    @Test
    @Rule("2.7")
    void theOldestReadyMessageHasAnAge() {
        queue().publish(orders, Messages.any());

        Optional<Duration> age = queue().stats(orders).oldestReadyAge();

        assertThat(age)
                .get()
                .satisfies(duration -> assertThat(duration).isBetween(Duration.ZERO, Duration.ofMinutes(1)));
    }

    @Test
    @Rule("2.7")
    void theAgeIsThatOfTheWaitAndNotOfTheMessage() {
        queue().publish(
                        orders,
                        Messages.builder()
                                .timestamp(now().minus(1, ChronoUnit.DAYS))
                                .build());

        assertThat(queue().stats(orders).oldestReadyAge())
                .get()
                .satisfies(duration -> assertThat(duration).isLessThan(Duration.ofHours(1)));
    }

    @Test
    @Rule("2.8")
    void everyLegalNameIsAQueueOfItsOwn() {
        String id = orders.value().substring(orders.value().length() - 36);
        List<QueueName> names = Stream.of(
                        "a" + id,
                        "A" + id,
                        "a" + id + ":",
                        "a" + id + ":delayed",
                        "a" + id + ":dead",
                        "a" + id + "_group",
                        ":" + id,
                        "." + id,
                        "-" + id,
                        "_" + id,
                        id,
                        id + "q".repeat(199 - id.length()) + "a",
                        id + "q".repeat(199 - id.length()) + "b")
                .map(QueueName::of)
                .map(this::remember)
                .toList();
        for (int i = 0; i < names.size(); i++) {
            queue().publishAll(names.get(i), Messages.several(i + 1));
            queue().publish(names.get(i), inAnHour());
        }

        for (int i = 0; i < names.size(); i++) {
            QueueName name = names.get(i);
            assertThat(queue().stats(name).ready()).as(name.value()).isEqualTo(i + 1);
            assertThat(queue().stats(name).delayed()).as(name.value()).isEqualTo(1);
        }
    }

    @Test
    @Rule("2.8")
    void whatHappensToOneQueueLeavesTheOthersAlone() {
        QueueName purged = newName("purged");
        QueueName deleted = newName("deleted");
        List<Message> messages = List.of(Messages.any(), inAnHour());
        Stream.of(orders, purged, deleted).forEach(name -> queue().publishAll(name, messages));

        queue().purge(purged);
        queue().delete(deleted);

        assertThat(queue().size(orders)).isEqualTo(2);
    }
}
