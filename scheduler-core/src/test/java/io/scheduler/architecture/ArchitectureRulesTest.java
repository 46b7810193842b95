package io.scheduler.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.FailureReport;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Aims every rule at a house that keeps to it, at one that breaks it, and at a place where there is nothing. */
class ArchitectureRulesTest {

    private static final String FIXTURES = "io.scheduler.architecture.fixture.";
    private static final String SOUND = FIXTURES + "sound";

    @Test
    void thisModuleKeepsToItsRules() {
        ArchitectureRules.forCore().check(ProductionClasses.onTheClasspath());
    }

    static List<ArchRule> rulesAimedAtTheSoundHouse() {
        return rules(SOUND, SOUND + ".core", SOUND + ".infrastructure");
    }

    @ParameterizedTest
    @MethodSource("rulesAimedAtTheSoundHouse")
    void aSoundHouseKeepsToEveryRule(ArchRule rule) {
        rule.check(fixture("sound.core", "sound.infrastructure", "sound.examples"));
    }

    static List<ArchRule> rulesAimedAtNothing() {
        String missing = FIXTURES + "missing";
        return rules(missing, missing, missing);
    }

    @ParameterizedTest
    @MethodSource("rulesAimedAtNothing")
    void aRuleThatIsAimedAtNothingDoesNotPass(ArchRule rule) {
        JavaClasses classes = fixture("sound.core", "sound.infrastructure", "sound.examples");

        assertThat(violates(rule, classes)).as(rule.getDescription()).isTrue();
    }

    @Test
    void arrowsThatPointOutwardsAreFound() {
        ArchRule rule = ArchitectureRules.arrowsPointInwards(FIXTURES + "arrows", "core", "infrastructure", "examples");

        assertThat(violations(rule, "arrows"))
                .anyMatch(line -> line.contains("KnowsInfrastructure.outward"))
                .anyMatch(line -> line.contains("KnowsExamples.outward"));
    }

    @Test
    void aModuleThatNobodyNamedIsFound() {
        ArchRule rule = ArchitectureRules.arrowsPointInwards(FIXTURES + "arrows", "core", "infrastructure");

        assertThat(violations(rule, "arrows")).anyMatch(line -> line.contains("arrows.examples.Example"));
    }

    @Test
    void whateverIsNotOfJavaBaseIsFoundInTheCore() {
        ArchRule rule = ArchitectureRules.nothingButJavaBaseIsUsedIn(FIXTURES + "javabase");

        assertThat(violations(rule, "javabase"))
                .anyMatch(line -> line.contains("LogsByItself"))
                .anyMatch(line -> line.contains("UsesALibrary"))
                .anyMatch(line -> line.contains("UsesAnotherModule"))
                .noneMatch(line -> line.contains("UsesJavaBase"));
    }

    @Test
    void layersThatKnowTooMuchAreFound() {
        ArchRule rule = ArchitectureRules.layersAreKeptIn(FIXTURES + "layers");

        assertThat(violations(rule, "layers"))
                .anyMatch(line -> line.contains("message.KnowsQueue"))
                .anyMatch(line -> line.contains("queue.KnowsTask"))
                .anyMatch(line -> line.contains("queue.KnowsWorker"))
                .anyMatch(line -> line.contains("task.QueueOfTasks"))
                .anyMatch(line -> line.contains("worker.WorkerOfTasks"))
                .anyMatch(line -> line.contains("attic.Stray"));
    }

    @Test
    void adaptersThatKnowEachOtherAreFound() {
        ArchRule rule = ArchitectureRules.adaptersDoNotKnowEachOther(FIXTURES + "adapters", "road", "shelf");

        assertThat(violations(rule, "adapters"))
                .anyMatch(line -> line.contains("road.KnowsShelf.other"))
                .anyMatch(line -> line.contains("road.KnowsComposition.above"))
                .anyMatch(line -> line.contains("text.ShelfAsText.known"))
                .anyMatch(line -> line.contains("text.CompositionAsText.above"))
                .anyMatch(line -> line.contains("attic.Stray"))
                .noneMatch(line -> line.contains("adapters.Composition.<init>"));
    }

    @Test
    void anAdapterThatIsMissingIsFound() {
        ArchRule rule =
                ArchitectureRules.adaptersDoNotKnowEachOther(SOUND + ".infrastructure", "road", "shelf", "missing");

        assertThat(violations(rule, "sound.infrastructure")).anyMatch(line -> line.contains("missing"));
    }

    @Test
    void aLibraryThatASecondPackageSeesIsFound() {
        ArchRule rule = ArchitectureRules.onlyOnePackageSees(
                FIXTURES + "library.adapters", "road", FIXTURES + "library.foreign");

        assertThat(violations(rule, "library")).isNotEmpty().allMatch(line -> line.contains("ShelfWithALorry"));
    }

    @Test
    void aLibraryThatNobodyUsesIsFound() {
        ArchRule rule = ArchitectureRules.onlyOnePackageSees(
                FIXTURES + "library.adapters", "road", FIXTURES + "library.misspelt");

        assertThat(violations(rule, "library")).singleElement().asString().contains("library.misspelt");
    }

    @Test
    void aPublicClassBesideTheDoorsIsFound() {
        ArchRule rule = ArchitectureRules.onlyTheseArePublic(FIXTURES + "doors", "Door");

        assertThat(violations(rule, "doors")).singleElement().asString().contains("doors.Window");
    }

    @Test
    void packagesThatNeedEachOtherAreFound() {
        assertThat(violations(ArchitectureRules.packagesFormNoCycleIn(FIXTURES + "cycle"), "cycle"))
                .singleElement()
                .asString()
                .contains("Hen.from", "Egg.from");
    }

    @Test
    void aCycleOverTheRootIsFound() {
        assertThat(violations(ArchitectureRules.packagesFormNoCycleIn(FIXTURES + "cycleoverroot"), "cycleoverroot"))
                .singleElement()
                .asString()
                .contains("Root.below", "Below.above");
    }

    @Test
    void whatIsPrintedIsFound() {
        assertThat(violations(ArchitectureRules.nothingIsPrintedBy(FIXTURES + "printing"), "printing"))
                .anyMatch(line -> line.contains("PrintsToOut"))
                .anyMatch(line -> line.contains("PrintsToErr"))
                .anyMatch(line -> line.contains("PrintsAStackTrace"));
    }

    @Test
    void aLoggerOfTheJdkIsFound() {
        ArchRule rule = ArchitectureRules.nothingIsLoggedWithJavaUtilLoggingBy(FIXTURES + "javabase");

        assertThat(violations(rule, "javabase")).isNotEmpty().allMatch(line -> line.contains("LogsByItself"));
    }

    @Test
    void namesThatSayNothingAreFound() {
        List<String> found = violations(ArchitectureRules.namesSayWhatAClassIsIn(FIXTURES + "names"), "names");

        assertThat(found).hasSize(9).anyMatch(line -> line.contains("Transport$Util"));
        Stream.of("Impl", "Port", "Adapter", "Manager", "Util", "Utils", "Helper", "Base")
                .forEach(word -> assertThat(found).anyMatch(line -> line.contains("names.Queue" + word + ">")));
    }

    private static List<ArchRule> rules(String house, String core, String infrastructure) {
        return List.of(
                ArchitectureRules.arrowsPointInwards(house, "core", "infrastructure", "examples"),
                ArchitectureRules.nothingButJavaBaseIsUsedIn(core),
                ArchitectureRules.layersAreKeptIn(core),
                ArchitectureRules.adaptersDoNotKnowEachOther(infrastructure, "road", "shelf"),
                ArchitectureRules.onlyOnePackageSees(infrastructure, "road", FIXTURES + "library.foreign"),
                ArchitectureRules.onlyTheseArePublic(infrastructure + ".road", "RoadBox"),
                ArchitectureRules.packagesFormNoCycleIn(house),
                ArchitectureRules.nothingIsPrintedBy(house),
                ArchitectureRules.nothingIsLoggedWithJavaUtilLoggingBy(house),
                ArchitectureRules.namesSayWhatAClassIsIn(house));
    }

    private static List<String> violations(ArchRule rule, String fixture) {
        FailureReport report = rule.evaluate(fixture(fixture)).getFailureReport();
        return report.getDetails();
    }

    /** A rule that found no class to check throws, where one that was broken reports. */
    private static boolean violates(ArchRule rule, JavaClasses classes) {
        try {
            return rule.evaluate(classes).hasViolation();
        } catch (AssertionError nothingToCheck) {
            return true;
        }
    }

    private static JavaClasses fixture(String... packages) {
        return new ClassFileImporter()
                .importPackages(Stream.of(packages).map(FIXTURES::concat).toList());
    }
}
