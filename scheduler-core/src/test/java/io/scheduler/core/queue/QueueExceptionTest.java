package io.scheduler.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class QueueExceptionTest {

    private static final Operation PURGE = Operation.on("purge", QueueName.of("emails"));
    private static final IOException CAUSE = new IOException("reset");

    static final List<Function<Operation, QueueException>> WITH_A_PROBLEM = List.of(
            operation -> new QueueUnavailableException(operation, "wait", CAUSE),
            operation -> new OutcomeUnknownException(operation, "wait", CAUSE),
            operation -> new QueueRefusedException(operation, "wait", CAUSE),
            operation -> new MessageSerializationException(operation, "wait", CAUSE));

    @ParameterizedTest
    @FieldSource("WITH_A_PROBLEM")
    void tellsTheOperationTheProblemAndTheCause(Function<Operation, QueueException> error) {
        assertThat(error.apply(PURGE))
                .hasMessage("Failed: purge on queue 'emails': wait")
                .hasCause(CAUSE)
                .extracting(QueueException::operation)
                .isSameAs(PURGE);
    }

    @ParameterizedTest
    @FieldSource("WITH_A_PROBLEM")
    void isAlwaysAboutAnOperation(Function<Operation, QueueException> error) {
        assertThatNullPointerException().isThrownBy(() -> error.apply(null)).withMessage("operation");
    }

    @Test
    void thatAQueueIsClosedIsAllThereIsToSay() {
        assertThat(new QueueClosedException(PURGE))
                .hasMessage("Failed: purge on queue 'emails': this queue is closed")
                .hasNoCause();
    }

    @Test
    void aCauseMayBeMissingAndAProblemMayNot() {
        assertThat(new QueueRefusedException(PURGE, "too large", null)).hasNoCause();
        assertThatNullPointerException()
                .isThrownBy(() -> new QueueRefusedException(PURGE, null, null))
                .withMessage("problem");
    }

    @Test
    void everyMemberOfTheFamilyIsFinalSoThatNoSixthMeaningCanAppear() {
        assertThat(QueueException.class.getPermittedSubclasses())
                .hasSize(5)
                .allSatisfy(member -> assertThat(member).isFinal());
    }
}
