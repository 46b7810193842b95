package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.scheduler.core.soak.Figures;
import io.scheduler.core.soak.Soak;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** {@code -Dsoak.minutes} and {@code -Dsoak.seed} make more of it: see docs/reliability.md. */
class RedisSoakTest {

    /** What they say of thousands of expected failures helps nobody. */
    private static final List<Logger> LOGS = Stream.of("io.scheduler.infrastructure", "org.redisson")
            .map(name -> (Logger) LoggerFactory.getLogger(name))
            .toList();

    @BeforeEach
    void beQuiet() {
        LOGS.forEach(log -> log.setLevel(Level.OFF));
    }

    @AfterEach
    void speakAgain() {
        LOGS.forEach(log -> log.setLevel(null));
    }

    @Test
    void keepsItsPromisesWhileAllThatCanFailDoes() {
        try (RedisSoakSubject redis = new RedisSoakSubject()) {
            Figures figures = new Soak("Redis", redis, Duration.ofSeconds(8)).run();

            assertThat(figures.messages()).isPositive();
            assertThat(figures.faults()).isPositive();
        }
    }

    @Test
    void keepsThemWhileReplicasTakeOver() {
        soak("Redis with sentinels", ReplicatedSoakSubject.onSentinel());
    }

    @Test
    void keepsThemInAClusterWhileReplicasTakeOverAndItsSlotMoves() {
        soak("Redis cluster", ReplicatedSoakSubject.onCluster());
    }

    private static void soak(String name, ReplicatedSoakSubject subject) {
        try (subject) {
            Figures figures = new Soak(name, subject, Duration.ofSeconds(12)).run();

            assertThat(figures.messages()).isPositive();
            assertThat(figures.faults()).isPositive();
        }
    }
}
