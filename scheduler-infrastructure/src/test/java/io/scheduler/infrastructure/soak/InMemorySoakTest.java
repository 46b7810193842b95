package io.scheduler.infrastructure.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.soak.Figures;
import io.scheduler.core.soak.Soak;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InMemorySoakTest {

    @Test
    void keepsItsPromisesWhileHandlersFailAndConsumersCrash() {
        Figures figures = new Soak("In memory", new InMemorySoakSubject(), Duration.ofSeconds(3)).run();

        assertThat(figures.messages()).isPositive();
    }
}
