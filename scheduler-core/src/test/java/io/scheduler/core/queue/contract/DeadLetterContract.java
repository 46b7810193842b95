package io.scheduler.core.queue.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.DeadLetter;
import io.scheduler.core.queue.DeadLetters;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dead letters: listed in order, put back into their queue, or removed; and there until then. */
public abstract class DeadLetterContract extends QueueContract {

    private static final String NO_ID = "not the id of a dead letter!";

    @Test
    @Rule("6.6")
    void deadLettersAreListedInTheOrderInWhichTheyDied() {
        List<Message> messages = bury(3);

        assertThat(messageIds(queue().deadLetters(orders, 10))).isEqualTo(Messages.ids(messages));
        assertThat(queue().deadLetters(orders, 10))
                .extracting(DeadLetter::id)
                .as("places among the dead letters")
                .doesNotHaveDuplicates();
    }

    @Test
    @Rule("6.6")
    void itIsTheOrderOfTheDeathsAndNotOfThePublications() {
        queue().publishAll(orders, Messages.several(2));
        List<Delivery> deliveries = Deliveries.next(queue(), orders, 2);

        deliveries.get(1).reject("first");
        deliveries.get(0).reject("second");

        assertThat(queue().deadLetters(orders, 10))
                .extracting(DeadLetter::reason)
                .containsExactly("first", "second");
    }

    @Test
    @Rule("6.6")
    void listingShowsNoMoreThanWasAskedForAndChangesNothing() {
        List<Message> messages = bury(3);

        assertThat(messageIds(queue().deadLetters(orders, 2))).isEqualTo(Messages.ids(messages.subList(0, 2)));
        assertThat(messageIds(queue().deadLetters(orders, 2))).isEqualTo(Messages.ids(messages.subList(0, 2)));
        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(0, 0, 0, 3));
    }

    @Test
    @Rule("6.6")
    void theFirstPageBeginsAfterTheEmptyId() {
        List<Message> messages = bury(2);

        assertThat(messageIds(queue().deadLetters(orders, "", 1))).isEqualTo(Messages.ids(messages.subList(0, 1)));
    }

    @Test
    @Rule("6.6")
    void theLettersOfSeveralPagesAreAllLetters() {
        List<Message> messages = bury(5);

        List<DeadLetter> all = new ArrayList<>();
        List<DeadLetter> page = queue().deadLetters(orders, 2);
        while (!page.isEmpty() && all.size() <= messages.size()) {
            all.addAll(page);
            page = queue().deadLetters(orders, last(page).id(), 2);
        }

        assertThat(messageIds(all)).isEqualTo(Messages.ids(messages));
    }

    @Test
    @Rule("6.6")
    void aPageMayBeginAfterALetterThatIsGone() {
        List<Message> messages = bury(3);
        List<DeadLetter> page = queue().deadLetters(orders, 2);

        queue().redrive(orders, page.stream().map(DeadLetter::id).toList());

        assertThat(messageIds(queue().deadLetters(orders, last(page).id(), 2)))
                .isEqualTo(Messages.ids(messages.subList(2, 3)));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, DeadLetters.MAX_LISTED + 1, Integer.MAX_VALUE})
    @Rule("6.7")
    void aPageOfASizeThatIsOutOfRangeIsRefused(int max) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue().deadLetters(orders, max))
                .withMessageContaining(String.valueOf(max));
        assertThatIllegalArgumentException().isThrownBy(() -> queue().deadLetters(orders, "", max));
    }

    @Test
    @Rule("6.7")
    void theLargestPageIsAPageLikeAnyOther() {
        bury(1);

        assertThat(queue().deadLetters(orders, DeadLetters.MAX_LISTED)).hasSize(1);
    }

    @Test
    @Rule("6.7")
    void whatIsNoIdOfADeadLetterIsRefused() {
        bury(2);
        String id = queue().deadLetters(orders, 1).get(0).id();

        assertThatIllegalArgumentException().isThrownBy(() -> queue().deadLetters(orders, NO_ID, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> queue().redrive(orders, List.of(id, NO_ID)));
        assertThatIllegalArgumentException().isThrownBy(() -> queue().redrive(orders, List.of(id, "")));

        assertThat(Counts.of(queue(), orders)).as("nothing was put back").isEqualTo(new Counts(0, 0, 0, 2));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0})
    @Rule("6.7")
    void puttingBackLessThanOneIsRefused(int max) {
        bury(1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue().redrive(orders, max))
                .withMessageContaining(String.valueOf(max));

        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(0, 0, 0, 1));
    }

    @Test
    @Rule("6.8")
    void deadLettersArePutBackAtTheEndOfTheirQueueInTheOrderInWhichTheyDied() {
        List<Message> messages = bury(3);
        Message ready = Messages.any();
        queue().publish(orders, ready);

        assertThat(queue().redrive(orders, Integer.MAX_VALUE)).isEqualTo(3);

        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(4, 0, 0, 0));
        List<String> expected = new ArrayList<>(List.of(ready.id()));
        expected.addAll(Messages.ids(messages));
        assertThat(Deliveries.ids(Deliveries.next(queue(), orders, 4))).isEqualTo(expected);
    }

    @Test
    @Rule("6.8")
    void aMessageThatIsPutBackHasAllItsAttemptsBeforeIt() {
        queue().publish(orders, Messages.any());
        Deliveries.next(queue(), orders).nack();
        Deliveries.next(queue(), orders).reject("of no use");
        Message dead = queue().deadLetters(orders, 1).get(0).message().orElseThrow();

        queue().redrive(orders, 1);

        Delivery delivery = Deliveries.next(queue(), orders);
        assertThat(delivery.attempt()).isEqualTo(1);
        assertThat(delivery.message()).isEqualTo(dead);
        assertThat(delivery.ack()).isTrue();
        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(0, 0, 0, 0));
    }

    @Test
    @Rule("6.8")
    void thoseThatDiedFirstArePutBackFirst() {
        List<Message> messages = bury(4);

        assertThat(queue().redrive(orders, 1)).isEqualTo(1);
        assertThat(queue().redrive(orders, 2)).isEqualTo(2);

        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(3, 0, 0, 1));
        assertThat(messageIds(queue().deadLetters(orders, 10))).isEqualTo(Messages.ids(messages.subList(3, 4)));
        assertThat(Deliveries.ids(Deliveries.next(queue(), orders, 3))).isEqualTo(Messages.ids(messages.subList(0, 3)));
    }

    @Test
    @Rule("6.8")
    void puttingBackWakesWhoeverWaits() {
        List<Message> messages = bury(1);
        Waiting<List<Delivery>> receive = Waiting.inReceive(queue(), orders);

        queue().redrive(orders, 1);

        assertThat(Deliveries.ids(receive.endsPromptly())).isEqualTo(Messages.ids(messages));
    }

    @Test
    @Rule("6.8")
    void whereThereIsNothingNothingIsPutBack() {
        queue().create(orders);

        assertThat(queue().redrive(orders, Integer.MAX_VALUE)).isZero();
        assertThat(queue().redrive(orders, List.of())).isZero();
    }

    @Test
    @Rule("6.8")
    void whatDiesAgainMeanwhileIsNotPutBackAgain() {
        int count = 700;
        bury(count);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> rejecting = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                queue().receive(orders, 100, Duration.ofMillis(10)).forEach(delivery -> delivery.reject("again"));
            }
        });

        CompletableFuture<Long> redriven =
                CompletableFuture.supplyAsync(() -> queue().redrive(orders, Integer.MAX_VALUE));
        try {
            assertThat(Outcome.of(redriven)).isEqualTo(count);
        } finally {
            done.set(true);
            Outcome.of(rejecting);
        }
        assertThat(queue().size(orders) + queue().stats(orders).dead()).isEqualTo(count);
    }

    @Test
    @Rule("6.9")
    void certainDeadLettersArePutBack() {
        List<Message> messages = bury(4);
        List<DeadLetter> letters = queue().deadLetters(orders, 10);

        assertThat(queue().redrive(
                                orders,
                                List.of(letters.get(1).id(), letters.get(3).id())))
                .isEqualTo(2);

        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(2, 0, 0, 2));
        assertThat(Deliveries.next(queue(), orders, 2))
                .allSatisfy(delivery -> assertThat(delivery.attempt()).isEqualTo(1))
                .extracting(delivery -> delivery.message().id())
                .containsExactlyInAnyOrder(messages.get(1).id(), messages.get(3).id());
        assertThat(messageIds(queue().deadLetters(orders, 10)))
                .containsExactly(messages.get(0).id(), messages.get(2).id());
    }

    @Test
    @Rule("6.9")
    void idsOfLettersThatAreGoneArePassedOver() {
        bury(2);
        List<String> ids =
                queue().deadLetters(orders, 10).stream().map(DeadLetter::id).toList();
        queue().redrive(orders, ids.subList(0, 1));

        assertThat(queue().redrive(orders, ids)).isEqualTo(1);
        assertThat(queue().redrive(orders, ids)).isZero();

        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(2, 0, 0, 0));
    }

    @Test
    @Rule("6.9")
    void aMessageThatDiesAgainIsAnotherLetter() {
        bury(1);
        String id = queue().deadLetters(orders, 1).get(0).id();
        queue().redrive(orders, 1);
        Deliveries.next(queue(), orders).reject("again");

        assertThat(queue().redrive(orders, List.of(id))).isZero();

        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(0, 0, 0, 1));
    }

    @Test
    @Rule("6.9")
    void anIdThatIsGivenTwiceIsPutBackOnce() {
        bury(1);
        String id = queue().deadLetters(orders, 1).get(0).id();

        assertThat(queue().redrive(orders, Collections.nCopies(3, id))).isEqualTo(1);

        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(1, 0, 0, 0));
    }

    @Test
    @Rule("6.10")
    void deadLettersAreRemovedForGoodAndNothingElseIs() {
        bury(3);
        queue().publishAll(orders, List.of(Messages.any(), inAnHour()));

        assertThat(queue().purgeDeadLetters(orders)).isEqualTo(3);

        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(1, 1, 0, 0));
        assertThat(queue().deadLetters(orders, 10)).isEmpty();
        assertThat(queue().redrive(orders, Integer.MAX_VALUE)).isZero();
        assertThat(queue().purgeDeadLetters(orders)).isZero();
    }

    @Test
    @Rule("2.5")
    void purgingTheQueueKeepsItsDeadLetters() {
        List<Message> messages = bury(2);
        queue().publish(orders, Messages.any());

        assertThat(queue().purge(orders)).isEqualTo(1);

        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(0, 0, 0, 2));
        assertThat(messageIds(queue().deadLetters(orders, 10))).isEqualTo(Messages.ids(messages));
        assertThat(queue().redrive(orders, 10)).isEqualTo(2);
    }

    @Test
    @Rule("2.6")
    void deletingTheQueueRemovesItsDeadLetters() {
        bury(2);

        queue().delete(orders);

        assertThat(queue().deadLetters(orders, 10)).isEmpty();
        queue().create(orders);
        assertThat(Counts.of(queue(), orders)).isEqualTo(new Counts(0, 0, 0, 0));
    }

    @Test
    @Rule("2.4")
    void aQueueOfDeadLettersStays() {
        bury(1);

        assertThat(queue().exists(orders)).isTrue();
        assertThat(queue().create(orders)).isFalse();
    }

    @Test
    @Rule("2.3")
    void aQueueThatDoesNotExistHasNoDeadLettersAndAskingDoesNotCreateIt() {
        assertThat(queue().deadLetters(orders, 10)).isEmpty();
        assertThat(queue().redrive(orders, Integer.MAX_VALUE)).isZero();
        assertThat(queue().redrive(orders, List.of())).isZero();
        assertThat(queue().purgeDeadLetters(orders)).isZero();

        assertThat(queue().exists(orders)).isFalse();
    }

    @Test
    @Rule("2.8")
    void everyQueueHasDeadLettersOfItsOwn() {
        QueueName invoices = newName("invoices");
        bury(2);
        queue().publish(invoices, Messages.any());
        Deliveries.next(queue(), invoices).reject("of no use");

        queue().purgeDeadLetters(invoices);

        assertThat(queue().stats(invoices).dead()).isZero();
        assertThat(queue().stats(orders).dead()).isEqualTo(2);
    }

    /** Has new messages die one after the other. */
    private List<Message> bury(int count) {
        List<Message> messages = Messages.several(count);
        queue().publishAll(orders, messages);
        Deliveries.next(queue(), orders, count).forEach(delivery -> delivery.reject("of no use"));
        return messages;
    }

    private static DeadLetter last(List<DeadLetter> letters) {
        return letters.get(letters.size() - 1);
    }

    private static List<String> messageIds(List<DeadLetter> letters) {
        return letters.stream()
                .map(letter -> letter.message().orElseThrow().id())
                .toList();
    }
}
