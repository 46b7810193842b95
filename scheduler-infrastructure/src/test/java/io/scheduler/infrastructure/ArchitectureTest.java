package io.scheduler.infrastructure;

import io.scheduler.architecture.ArchitectureRules;
import io.scheduler.architecture.ProductionClasses;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void theBordersBetweenPackagesHold() {
        ArchitectureRules.forInfrastructure().check(ProductionClasses.onTheClasspath());
    }
}
