package io.scheduler.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthTest {

    private static final Duration LATENCY = Duration.ofMillis(3);

    @Test
    void ofABrokerThatIsDownHasTheReason() {
        assertThat(Health.down(LATENCY, "Start the server."))
                .isEqualTo(new Health(false, LATENCY, Map.of(), List.of("Start the server.")));
    }

    @Test
    void copiesItsPartsAndKeepsTheirOrder() {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("version", "7.4.0");
        details.put("role", "master");
        List<String> problems = new ArrayList<>(List.of("first", "second"));
        Health health = new Health(true, LATENCY, details, problems);

        details.clear();
        problems.clear();

        assertThat(health.details())
                .containsExactly(Map.entry("version", "7.4.0"), Map.entry("role", "master"))
                .isUnmodifiable();
        assertThat(health.problems()).containsExactly("first", "second").isUnmodifiable();
    }

    @Test
    void noPartIsNull() {
        assertThatNullPointerException()
                .isThrownBy(() -> new Health(true, null, Map.of(), List.of()))
                .withMessage("latency");
        assertThatNullPointerException().isThrownBy(() -> new Health(true, LATENCY, null, List.of()));
        assertThatNullPointerException().isThrownBy(() -> new Health(true, LATENCY, Map.of(), null));
        assertThatNullPointerException().isThrownBy(() -> Health.down(LATENCY, null));
    }
}
