package io.scheduler.infrastructure.soak;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.soak.Law;
import io.scheduler.core.soak.Soak;
import io.scheduler.core.soak.SoakSubject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The soak notices what it is there for, and names the law that was broken. */
class PlantedBugTest {

    private static final Duration LEASE = Duration.ofMillis(300);
    private static final Duration STORM = Duration.ofMillis(600);
    private static final long SEED = 1;

    /** A machine that is busy does less in the time of one storm. */
    private static final int TRIES = 4;

    static List<PlantedBug> bugs() {
        return PlantedBug.all();
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void everyBugIsNoticed(PlantedBug bug) {
        String told = "";
        for (long seed = SEED; seed < SEED + TRIES && !told.contains(bug.law().name()); seed++) {
            told = soak(subject(bug.plant(), bug.maxAttempts()), seed).orElse("");
        }

        assertThat(told).contains(bug.law().name()).contains("-Dsoak.seed=");
    }

    @Test
    void aMessageThatShowsItIsToldWithItsHistory() {
        Optional<String> told = soak(
                subject(PublishingBug.A_REPEATED_PUBLICATION_IS_STORED_AGAIN.plant(), InMemorySoakSubject.MAX_ATTEMPTS),
                SEED);

        assertThat(told)
                .get(as(STRING))
                .containsPattern("Message\\[id=r1p\\d-\\d+")
                .containsPattern("\\d+ ms  publish.* by \\d: done")
                .containsPattern("\\d+ ms  received by \\d: attempt 1, retries 0")
                .containsPattern("\\d+ ms  attempt \\d: (n?ack|reject|release).* by \\d: done");
    }

    @Test
    void whatIsLeftBehindIsNoticed() {
        SoakSubject littering = new InMemorySoakSubject(queue -> queue, LEASE, InMemorySoakSubject.MAX_ATTEMPTS) {
            @Override
            public List<String> leftovers(QueueName queue) {
                return List.of("an old key");
            }

            @Override
            public Duration drainsWithin() {
                return Duration.ofSeconds(3);
            }
        };

        assertThat(soak(littering, SEED))
                .get(as(STRING))
                .contains(Law.NOTHING_IS_LEFT.name())
                .contains("an old key");
    }

    @Test
    void theDecorationIsNoBugByItself() {
        SoakSubject sound = new InMemorySoakSubject(BrokenQueue::new, LEASE, InMemorySoakSubject.MAX_ATTEMPTS);

        assertThatCode(() -> new Soak("Sound", sound, STORM, SEED).run()).doesNotThrowAnyException();
    }

    private static SoakSubject subject(UnaryOperator<MessageQueue> decoration, int maxAttempts) {
        return new InMemorySoakSubject(decoration, LEASE, maxAttempts) {
            @Override
            public Duration drainsWithin() {
                return Duration.ofSeconds(2);
            }
        };
    }

    /** What the soak says of what is broken. */
    private static Optional<String> soak(SoakSubject subject, long seed) {
        return Optional.ofNullable(catchThrowableOfType(
                        AssertionError.class, () -> new Soak("A queue with a bug", subject, STORM, seed).run()))
                .map(Throwable::getMessage);
    }
}
