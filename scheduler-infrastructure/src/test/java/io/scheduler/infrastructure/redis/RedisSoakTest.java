package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.scheduler.core.soak.Figures;
import io.scheduler.core.soak.Soak;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** {@code -Dsoak.minutes} and {@code -Dsoak.seed} make more of it: see docs/reliability.md. */
class RedisSoakTest {

    /** What it says of thousands of expected failures helps nobody. */
    private final Logger log = (Logger) LoggerFactory.getLogger("io.scheduler.infrastructure");

    @BeforeEach
    void beQuiet() {
        log.setLevel(Level.OFF);
    }

    @AfterEach
    void speakAgain() {
        log.setLevel(null);
    }

    @Test
    void keepsItsPromisesWhileAllThatCanFailDoes() {
        try (RedisSoakSubject redis = new RedisSoakSubject()) {
            Figures figures = new Soak("Redis", redis, Duration.ofSeconds(8)).run();

            assertThat(figures.messages()).isPositive();
            assertThat(figures.faults()).isPositive();
        }
    }
}
