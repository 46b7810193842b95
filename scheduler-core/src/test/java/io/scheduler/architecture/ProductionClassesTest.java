package io.scheduler.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.Location;
import io.scheduler.core.message.Message;
import io.scheduler.core.queue.contract.PublishingContract;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductionClassesTest {

    @Test
    void holdTheModelAndNeitherTestsNorFixturesNorTheContract() {
        assertThat(ProductionClasses.onTheClasspath())
                .extracting(JavaClass::getName)
                .contains(Message.class.getName())
                .doesNotContain(PublishingContract.class.getName(), ArchitectureRules.class.getName())
                .noneMatch(name -> name.contains(".fixture."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jar:file:/home/me/.m2/repository/scheduler-core-0.1.0-tests.jar!/io/scheduler/core/queue/Some.class",
                "jar:file:/project/scheduler-core/target/scheduler-core-0.1.0-SNAPSHOT-tests.jar!/io/scheduler/A.class",
                "file:/project/scheduler-core/target/test-classes/io/scheduler/A.class"
            })
    void leaveTestsOutWhereverTheyLie(String location) {
        assertThat(new ProductionClasses.WithoutTests().includes(Location.of(URI.create(location))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jar:file:/home/me/.m2/repository/scheduler-core-0.1.0.jar!/io/scheduler/core/queue/Some.class",
                "file:/project/scheduler-core/target/classes/io/scheduler/A.class",
                "file:/my-tests.jar-project/target/classes/io/scheduler/A.class"
            })
    void keepEverythingElse(String location) {
        assertThat(new ProductionClasses.WithoutTests().includes(Location.of(URI.create(location))))
                .isTrue();
    }
}
