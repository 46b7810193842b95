package io.scheduler.core.queue.contract;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.scheduler.core.queue.MessageQueue;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ContractAspectsTest {

    @Test
    void namesTheAspectsThatAnAdaptersTestLeavesOut() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> ContractAspects.requireAllIn(Incomplete.class))
                .withMessageContaining("Incomplete")
                .withMessageContaining("PublishingContract")
                .withMessageContaining("ClosingContract")
                .withMessageNotContaining("HealthContract");
    }

    /** Found by name alone: the engine runs no nested class of a static one that is no test itself. */
    abstract static class Incomplete {

        interface NeverRun extends ContractSubject {
            @Override
            default MessageQueue queue() {
                throw new UnsupportedOperationException("never run");
            }

            @Override
            default MessageQueue newQueue(ContractSettings settings) {
                throw new UnsupportedOperationException("never run");
            }
        }

        @Nested
        class Healthy extends HealthContract implements NeverRun {}

        /** Not found by the engine, and so no proof. */
        abstract class Closing extends ClosingContract implements NeverRun {}
    }
}
