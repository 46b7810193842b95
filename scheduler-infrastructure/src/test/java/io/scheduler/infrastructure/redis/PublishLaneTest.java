package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** When batches leave, and with how many messages. Their answers come when a test gives them. */
class PublishLaneTest {

    private static final Operation PUBLISH = Operation.on("publish", QueueName.of("emails"));

    private final List<Integer> batches = new ArrayList<>();
    private final List<CompletableFuture<?>> answers = new ArrayList<>();
    private boolean orderIsKept = true;
    private final PublishLane lane = new PublishLane(this::send, () -> orderIsKept, Runnable::run, Duration.ofDays(1));

    @Test
    void theFirstLeavesAtOnceAndTheOthersGather() {
        add(1, 1, 1);
        assertThat(batches).containsExactly(1);

        answer(0);

        assertThat(batches).containsExactly(1, 2);
    }

    @Test
    void nothingLeavesBesideTheFirstBatchOfAll() {
        add(1);
        add(Collections.nCopies(50, 1));

        assertThat(batches).containsExactly(1);
    }

    @Test
    void aSecondBatchLeavesForHalfAsManyAsAreUnderWay() {
        underWay(20);

        add(Collections.nCopies(9, 1));
        assertThat(batches).endsWith(20);
        add(1);

        assertThat(batches).endsWith(20, 10);
    }

    @Test
    void whileFewerThanFourAreUnderWayEachLeavesAtOnce() {
        underWay(1);

        add(1, 1, 1, 1);
        assertThat(batches).endsWith(1, 1, 1, 1);

        answer(answers.size() - 1);

        assertThat(batches).endsWith(1, 1, 1, 1, 1);
    }

    @Test
    void aSecondBatchDoesNotLeaveForLessThanFour() {
        underWay(4);

        add(1, 1, 1);
        assertThat(batches).endsWith(4);
        add(1);

        assertThat(batches).endsWith(4, 4);
    }

    @Test
    void aLargeListDoesNotKeepAFullBatchFromLeaving() {
        underWay(10_000);

        add(Collections.nCopies(399, 1));
        assertThat(batches).endsWith(10_000);
        add(1);

        assertThat(batches).endsWith(10_000, 400);
    }

    @Test
    void noMoreThanTwoAreUnderWay() {
        underWay(4);
        add(4);

        add(Collections.nCopies(400, 1));

        assertThat(batches).endsWith(4, 4);
    }

    @Test
    void whereTheOrderIsNotKeptOneIsUnderWay() {
        underWay(1);
        orderIsKept = false;

        add(1, 300);
        assertThat(batches).containsExactly(1, 1);
        answer(1);

        assertThat(batches).containsExactly(1, 1, 301);
    }

    @Test
    void theNextBatchIsSentBeforeAnybodyIsTold() {
        List<Runnable> later = new ArrayList<>();
        PublishLane writing = new PublishLane(this::send, () -> orderIsKept, later::add, Duration.ofDays(1));
        Publication first = publication(1);
        writing.add(first);
        writing.add(publication(2));

        answer(0);
        assertThat(batches).containsExactly(1, 2);
        assertThat(first.done()).isNotDone();

        answer(1);
        assertThat(writing.isIdle()).isFalse();
        later.forEach(Runnable::run);

        assertThat(first.done()).isCompleted();
        assertThat(writing.isIdle()).isTrue();
    }

    @Test
    void afterAFailureABatchGoesAloneUntilOneHasSucceeded() {
        underWay(4);
        add(1);
        answers.get(answers.size() - 1).completeExceptionally(new IllegalStateException("planned"));
        assertThat(batches).endsWith(4, 1);

        add(Collections.nCopies(400, 1));
        assertThat(batches).endsWith(4, 1);

        answer(answers.size() - 1);
        assertThat(batches).endsWith(4, 1, 400);
    }

    @Test
    void whatHasFailedIsNoLongerUnderWay() {
        underWay(1_000);
        add(1);
        answers.get(answers.size() - 1).completeExceptionally(new IllegalStateException("planned"));
        add(2);
        answer(answers.size() - 1);
        add(4);

        assertThat(batches).endsWith(1_000, 1, 2, 4);
    }

    @Test
    void whenAllIsAnsweredItIsIdle() {
        underWay(4);
        add(4);
        assertThat(lane.isIdle()).isFalse();

        answer(answers.size() - 2);
        answer(answers.size() - 1);

        assertThat(lane.isIdle()).isTrue();
    }

    /** A batch of this size is under way after another one has succeeded. */
    private void underWay(int entries) {
        add(1, entries);
        answer(0);
        assertThat(batches).containsExactly(1, entries);
    }

    private void add(Integer... sizes) {
        add(List.of(sizes));
    }

    private void add(List<Integer> sizes) {
        sizes.forEach(size -> lane.add(publication(size)));
    }

    private void answer(int batch) {
        answers.get(batch).complete(null);
    }

    private CompletableFuture<?> send(List<Publication> batch) {
        batches.add(batch.stream()
                .mapToInt(publication -> publication.entries().size())
                .sum());
        CompletableFuture<?> answer = new CompletableFuture<>();
        answers.add(answer);
        return answer;
    }

    private static Publication publication(int size) {
        byte[] nothing = {};
        StreamEntry entry = new StreamEntry("id", nothing, nothing, Optional.empty());
        return Publication.of(PUBLISH, Collections.nCopies(size, entry), 0, false);
    }
}
