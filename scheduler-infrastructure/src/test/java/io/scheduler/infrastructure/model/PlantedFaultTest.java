package io.scheduler.infrastructure.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.scheduler.core.queue.MessageQueue;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The check finds what it is there for, and tells it briefly. */
class PlantedFaultTest {

    private static final Pattern STEP = Pattern.compile("(?m)^ +\\d+\\. ");

    /** More than any fault here has needed, many times over. */
    private static final int TRIES = 300;

    private static final int A_GLANCE = 12;

    @ParameterizedTest
    @EnumSource(PlantedFault.class)
    void everyFaultIsFoundAndToldInAFewSteps(PlantedFault fault) {
        AssertionError found = catchThrowableOfType(AssertionError.class, () -> check(fault));

        assertThat(found).as("what the check says of %s", fault).isNotNull();
        assertThat(found).hasMessageContaining("-Dmodel.seed=").hasMessageContaining("publish");
        assertThat(STEP.matcher(found.getMessage()).results().count()).isLessThanOrEqualTo(A_GLANCE);
    }

    @Test
    void theDecorationIsNoFaultByItself() {
        assertThat(check(AlteredQueue::new)).isZero();
    }

    private static int check(UnaryOperator<MessageQueue> decoration) {
        return new ModelCheck(
                        "A queue with a fault", () -> new InMemorySubject(decoration), InMemorySubject.PACE, TRIES, 1)
                .run();
    }
}
