package io.scheduler.infrastructure.redis;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.scheduler.core.message.Message;
import io.scheduler.core.queue.Delivery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients whose clocks are wrong. */
@ParameterizedClass
@MethodSource("binaries")
class RedisClockTest extends ConsumingOnRedis {

    /**
     * So a client's clock can be wrong by any amount and jump at any time; durations are measured by one that nobody
     * sets. That holds for all that stands between a program and Redis: retries and workers, too.
     */
    @Test
    void nobodyAsksTheClientsClock() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(
                        "io.scheduler.infrastructure.redis",
                        "io.scheduler.infrastructure.retry",
                        "io.scheduler.core.worker",
                        "io.scheduler.core.queue");

        noClasses()
                .that()
                .resideOutsideOfPackage("..contract..") // which comes in a jar of tests
                .and()
                .doNotHaveSimpleName("RedisMessageQueue") // hands it to:
                .and()
                .doNotHaveSimpleName("RedisHealthCheck") // which compares it with the server's
                .and()
                .doNotHaveSimpleName("ReceiveLoop") // notes for people when it could not receive
                .should()
                .accessTargetWhere(target(name("currentTimeMillis")))
                .orShould()
                .accessTargetWhere(target(name("now")).and(targetOwner(resideInAPackage("java.."))))
                .orShould()
                .callConstructor(Date.class)
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Clock.class, InstantSource.class)
                .because("leases, delays and the deduplication window count by the server's clock alone")
                .check(classes);
        assertThat(classes).hasSizeGreaterThan(80);
    }

    /** What a publisher's clock does reach: the timestamp, which is kept, and nothing goes by it. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void aMessageThatClaimsToBeFromAnotherHourIsTreatedLikeAnyOther(int hours) {
        Instant claimed = serverTime().plus(Duration.ofHours(hours));
        try (RedisMessageQueue queue = open(config().lease(SHORT))) {
            queue.publish(
                    EMAILS,
                    Message.builder(NOTE, "x").id("m-1").timestamp(claimed).build());
            queue.publish(
                    EMAILS,
                    Message.builder(NOTE, "x").id("m-1").timestamp(claimed).build());

            Delivery first = queue.receive(EMAILS, 1, LONG).get(0);
            assertThat(first.message().timestamp()).isEqualTo(claimed);
            Delivery second = queue.receive(EMAILS, 1, LONG).get(0);
            assertThat(second.attempt()).isEqualTo(2);
            Instant handedBack = serverTime();
            assertThat(second.nack(SHORT)).isTrue();
            Delivery third = queue.receive(EMAILS, 1, LONG).get(0);
            assertThat(Duration.between(handedBack, serverTime())).isBetween(SHORT, LONG);
            assertThat(third.ack()).isTrue();
            assertThat(queue.size(EMAILS)).isZero();
        }
    }

    /** A time is meant as it stands: who reckons it by a clock that is ahead gets it late, by the server's clock. */
    @Test
    void aTimeIsKeptToByTheServersClock() {
        try (RedisMessageQueue queue = open(config())) {
            queue.publish(EMAILS, dueAt(serverTime().minus(Duration.ofHours(1))));
            assertThat(queue.receive(EMAILS, 1, Duration.ZERO)).hasSize(1).allMatch(Delivery::ack);

            Instant soon = serverTime().plus(SHORT);
            queue.publish(EMAILS, dueAt(soon));
            queue.publish(EMAILS, dueAt(serverTime().plus(Duration.ofHours(1))));
            List<Delivery> received = queue.receive(EMAILS, 10, LONG);
            assertThat(received).hasSize(1);
            assertThat(serverTime()).isAfterOrEqualTo(soon);
            assertThat(queue.stats(EMAILS).delayed()).isEqualTo(1);
        }
    }

    private static Message dueAt(Instant time) {
        return Message.builder(NOTE, "x").notBefore(time).build();
    }

    private Instant serverTime() {
        List<String> time = redis.strings("TIME");
        return Instant.ofEpochSecond(Long.parseLong(time.get(0)), Long.parseLong(time.get(1)) * 1000);
    }
}
