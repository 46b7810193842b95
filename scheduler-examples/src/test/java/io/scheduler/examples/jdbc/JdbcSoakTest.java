package io.scheduler.examples.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.soak.Fault;
import io.scheduler.core.soak.Figures;
import io.scheduler.core.soak.OpenedQueue;
import io.scheduler.core.soak.Soak;
import io.scheduler.core.soak.SoakSubject;
import io.scheduler.infrastructure.json.JacksonMessageCodec;
import java.time.Duration;
import java.util.List;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The soak on H2, run as any project runs it: out of the test-jar of scheduler-core. */
class JdbcSoakTest {

    private final JdbcConnectionPool database =
            JdbcConnectionPool.create("jdbc:h2:mem:soak;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=2000", "", "");

    @AfterEach
    void stop() {
        database.dispose();
    }

    @Test
    void keepsItsPromisesWhileTheDatabaseComesAndGoes() {
        database.setMaxConnections(40);

        Figures figures = new Soak("JDBC on H2", new OnH2(new FaultyDataSource(database)), Duration.ofSeconds(5)).run();

        assertThat(figures.messages()).isPositive();
        assertThat(figures.faults()).isPositive();
    }

    private record OnH2(FaultyDataSource source) implements SoakSubject {

        private static final JdbcQueueSettings SETTINGS =
                JdbcQueueSettings.DEFAULTS.withLease(Duration.ofSeconds(1)).withMaxAttempts(8);

        @Override
        public OpenedQueue open(int number) {
            return OpenedQueue.of(
                    new JdbcMessageQueue(source, new JacksonMessageCodec(), SETTINGS), Duration.ofSeconds(10));
        }

        @Override
        public int maxAttempts() {
            return SETTINGS.maxAttempts();
        }

        @Override
        public Duration deduplicationWindow() {
            return SETTINGS.deduplicationWindow();
        }

        @Override
        public List<Fault> faults() {
            return List.of(
                    Fault.of("no connection", source::refuseConnections, source::heal),
                    Fault.of("answers to commits lost", source::loseTheAnswerToCommits, source::heal),
                    Fault.of("commits held up", source::holdCommits, source::heal));
        }
    }
}
