package io.scheduler.infrastructure.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KnownNamesTest {

    @Test
    void theFirstNamesStayAndTheOthersShareOne() {
        KnownNames names = new KnownNames(2, "other");

        assertThat(names.nameFor("a")).isEqualTo("a");
        assertThat(names.nameFor("b")).isEqualTo("b");
        assertThat(names.nameFor("c")).isEqualTo("other");
        assertThat(names.nameFor("a")).isEqualTo("a");
        assertThat(names.nameFor("b")).isEqualTo("b");
    }
}
