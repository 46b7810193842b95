package io.scheduler.infrastructure.retry;

import static io.scheduler.infrastructure.retry.Failures.unavailable;
import static io.scheduler.infrastructure.retry.Failures.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is logged. */
class RetryingLogTest extends RetryingAroundMemory {

    @ParameterizedTest
    @EnumSource
    void aRecoveryIsToldStepByStep(Way way) {
        faulty.failBefore(unavailable("no connection")).failBefore(unknown("no answer"));

        way.publish(quick);

        assertThat(log.events())
                .extracting(event -> event.getLevel() + " " + event.getFormattedMessage())
                .satisfiesExactly(
                        first -> assertThat(first)
                                .matches("WARN publish on queue 'emails', message 42: attempt 1 of 3 failed, "
                                        + "trying again in \\d ms: no connection \\(not done\\)"),
                        second -> assertThat(second)
                                .matches("WARN publish on queue 'emails', message 42: attempt 2 of 3 failed, "
                                        + "trying again in \\d ms: no answer \\(may have been done\\)"),
                        third -> assertThat(third)
                                .matches("INFO Recovered after 3 attempts in \\d+ ms: "
                                        + "publish on queue 'emails', message 42"));
    }

    @ParameterizedTest
    @EnumSource
    void givingUpIsAnError(Way way) {
        Stream.of(1, 2, 3).forEach(i -> faulty.failBefore(unavailable("no connection")));

        Throwable error = catchThrowable(() -> way.publish(quick));

        assertThat(log.texts(Level.ERROR)).containsExactly(error.getMessage());
    }

    @Test
    void longDelaysAreShownInSeconds() {
        faulty.failBefore(unavailable("no connection"));
        CompletableFuture<Void> future = endless.publishAsync(EMAILS, MESSAGE);

        assertThat(log.texts(Level.WARN)).singleElement().asString().containsPattern("again in \\d{4}\\.\\d s: no");
        future.cancel(false);
    }

    @Test
    void stackTracesAreForDebugging() {
        faulty.failBefore(unavailable("no connection"));
        quick.publish(EMAILS, MESSAGE);
        assertThat(log.events())
                .allSatisfy(event -> assertThat(event.getThrowableProxy()).isNull());

        try (CapturedLog debug = CapturedLog.of(RetryingMessageQueue.class, Level.DEBUG)) {
            faulty.failBefore(unavailable("no connection"));
            quick.publish(EMAILS, MESSAGE);

            assertThat(debug.events()).anySatisfy(event -> {
                assertThat(event.getLevel()).isEqualTo(Level.DEBUG);
                assertThat(event.getThrowableProxy()).isNotNull();
            });
        }
    }

    @Test
    void payloadsStayOut() {
        Stream.of(1, 2, 3).forEach(i -> faulty.failBefore(unavailable("no connection")));

        Throwable error = catchThrowable(() -> quick.publish(EMAILS, MESSAGE));

        assertThat(error).hasMessageNotContaining("secret");
        assertThat(log.events())
                .hasSize(3)
                .allSatisfy(event -> assertThat(event.getFormattedMessage()).doesNotContain("secret"));
    }
}
