package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdStemsTest {

    @Test
    void neighboursThatDifferInTheirLastCharacterShareAStem() {
        assertThat(argumentsOf("a-1", "a-3", "a-2", "b-2", "b-22"))
                .containsExactly(3, "a-", "132", "b-", "2", "b-2", "2");
    }

    @Test
    void aStemComesAgainRatherThanAnEndingTwice() {
        assertThat(argumentsOf("a1", "a2", "a1", "b1", "a3"))
                .containsExactly(4, "a", "12", "a", "1", "b", "1", "a", "3");
    }

    @Test
    void anIdOfOneCharacterHasAnEmptyStem() {
        assertThat(argumentsOf("x", "y", "xy")).containsExactly(2, "", "xy", "x", "y");
    }

    @Test
    void whereThereIsNoIdThereIsNoStem() {
        assertThat(argumentsOf()).containsExactly(0);
    }

    private static List<Object> argumentsOf(String... ids) {
        IdStems stems = new IdStems();
        for (String id : ids) {
            stems.add(id);
        }
        List<Object> arguments = new ArrayList<>();
        stems.addTo(arguments);
        return arguments;
    }
}
