package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    private final Deadlines deadlines = new Deadlines();

    @AfterEach
    void close() {
        deadlines.close();
    }

    @Test
    void aCallWithoutAnAnswerFailsWhenItsTimeIsOver() {
        CompletableFuture<String> call = deadlines.end(new CompletableFuture<>(), Duration.ofMillis(1));

        assertThat(call)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void anAnswerBeforeThatIsKept() {
        CompletableFuture<String> call = deadlines.end(new CompletableFuture<>(), Duration.ofHours(1));
        call.complete("answer");

        assertThat(deadlines.end(call, Duration.ZERO)).isCompletedWithValue("answer");
    }

    /** What starts the thread would swallow that. */
    @Test
    void aThreadThatIsInterruptedStaysSo() {
        Thread.currentThread().interrupt();

        new Deadlines().close();

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void closingEndsWhatStillWaitsAndWhatComesLater() {
        CompletableFuture<String> early = deadlines.end(new CompletableFuture<>(), Duration.ofHours(1));

        deadlines.close();

        CompletableFuture<String> late = deadlines.end(new CompletableFuture<>(), Duration.ofHours(1));
        assertThat(early)
                .failsWithin(0, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(TimeoutException.class);
        assertThat(late)
                .failsWithin(0, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(TimeoutException.class);
    }
}
