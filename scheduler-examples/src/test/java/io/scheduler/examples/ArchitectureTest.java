package io.scheduler.examples;

import io.scheduler.architecture.ArchitectureRules;
import io.scheduler.architecture.ProductionClasses;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void theBordersBetweenModulesHold() {
        ArchitectureRules.forExamples().check(ProductionClasses.onTheClasspath());
    }
}
