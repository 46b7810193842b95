package io.scheduler.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RabbitConfirmsTest {

    private final RabbitConfirms confirms = new RabbitConfirms();
    private final List<CompletableFuture<Void>> publications =
            LongStream.rangeClosed(1, 5).mapToObj(confirms::expect).toList();

    @Test
    void oneIsConfirmedAlone() {
        confirms.handleAck(3, false);

        assertThat(publications)
                .extracting(CompletableFuture::isDone)
                .containsExactly(false, false, true, false, false);
    }

    @Test
    void allUpToOneAreConfirmedTogetherEvenIfSomeOfThemAlreadyAre() {
        confirms.handleAck(2, false);
        confirms.handleAck(4, true);

        assertThat(publications).extracting(CompletableFuture::isDone).containsExactly(true, true, true, true, false);
        assertThat(publications).noneMatch(CompletableFuture::isCompletedExceptionally);
    }

    @Test
    void aRefusalFailsThePublication() {
        confirms.handleNack(1, false);

        assertThat(publications.get(0)).isCompletedExceptionally();
        assertThat(publications.get(1)).isNotDone();
    }
}
