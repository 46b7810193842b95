package io.scheduler.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.util.regex.Pattern;

/** The classes that are checked: those that are shipped, of all modules on the classpath. */
public final class ProductionClasses {

    private ProductionClasses() {}

    /**
     * Imports them.
     *
     * @return the classes of {@code io.scheduler}, without tests, fixtures and the contract
     */
    public static JavaClasses onTheClasspath() {
        return new ClassFileImporter().withImportOption(new WithoutTests()).importPackages("io.scheduler");
    }

    /**
     * ArchUnit's own option knows directories of tests, and not the jar that a module publishes its tests in: with it,
     * a rule would hold under {@code mvn test} and break under {@code mvn verify}.
     */
    static final class WithoutTests implements ImportOption {

        private static final Pattern TESTS = Pattern.compile(".*(/test-classes/|-tests\\.jar!/).*");

        @Override
        public boolean includes(Location location) {
            return !location.matches(TESTS);
        }
    }
}
