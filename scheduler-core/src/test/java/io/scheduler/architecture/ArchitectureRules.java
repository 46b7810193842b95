package io.scheduler.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rules of the house. None of them passes on a package that is not there, or on a library that nobody uses.
 *
 * <p>Packages are given by their names; each rule is about them and all packages below.
 */
public final class ArchitectureRules {

    private static final String HOUSE = "io.scheduler";
    private static final String CORE = HOUSE + ".core";
    private static final String INFRASTRUCTURE = HOUSE + ".infrastructure";
    private static final String EXAMPLES = HOUSE + ".examples";

    private ArchitectureRules() {}

    /**
     * What scheduler-core keeps to.
     *
     * @return one rule of many
     */
    public static ArchRule forCore() {
        return all(
                arrowsPointInwards(HOUSE, "core"),
                nothingButJavaBaseIsUsedIn(CORE),
                layersAreKeptIn(CORE),
                packagesFormNoCycleIn(CORE),
                nothingIsPrintedBy(CORE),
                namesSayWhatAClassIsIn(CORE));
    }

    /**
     * What scheduler-infrastructure keeps to.
     *
     * @return one rule of many
     */
    public static ArchRule forInfrastructure() {
        return all(
                arrowsPointInwards(HOUSE, "core", "infrastructure"),
                adaptersDoNotKnowEachOther(INFRASTRUCTURE, "json", "retry", "memory", "redis", "metrics", "tracing"),
                onlyOnePackageSees(INFRASTRUCTURE, "json", "tools.jackson", "com.fasterxml.jackson"),
                onlyOnePackageSees(INFRASTRUCTURE, "retry", "io.github.resilience4j"),
                onlyOnePackageSees(INFRASTRUCTURE, "redis", "org.redisson", "io.netty"),
                onlyOnePackageSees(INFRASTRUCTURE, "metrics", "io.micrometer"),
                onlyOnePackageSees(INFRASTRUCTURE, "tracing", "io.opentelemetry"),
                onlyTheseArePublic(
                        INFRASTRUCTURE + ".redis",
                        "Durability",
                        "RedisAddress",
                        "RedisCredentials",
                        "RedisMessageQueue",
                        "RedisStreamConfig",
                        "RedisStreamConfigBuilder",
                        "RedisTls",
                        "RedisTopology"),
                onlyTheseArePublic(INFRASTRUCTURE + ".metrics", "QueueMetrics", "WorkerMetrics"),
                onlyTheseArePublic(INFRASTRUCTURE + ".tracing", "TracePropagation"),
                packagesFormNoCycleIn(INFRASTRUCTURE),
                nothingIsPrintedBy(INFRASTRUCTURE),
                nothingIsLoggedWithJavaUtilLoggingBy(INFRASTRUCTURE),
                namesSayWhatAClassIsIn(INFRASTRUCTURE));
    }

    /**
     * What scheduler-examples keeps to.
     *
     * @return one rule of many
     */
    public static ArchRule forExamples() {
        return all(
                arrowsPointInwards(HOUSE, "core", "infrastructure", "examples"),
                packagesFormNoCycleIn(EXAMPLES),
                namesSayWhatAClassIsIn(EXAMPLES));
    }

    /** The modules are given from the innermost to the outermost. */
    static ArchRule arrowsPointInwards(String house, String... modules) {
        LayeredArchitecture layers = layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(house + "..")
                .ensureAllClassesAreContainedInArchitecture();
        for (String module : modules) {
            layers = layers.layer(module).definedBy(house + "." + module + "..");
        }
        for (int i = 0; i < modules.length; i++) {
            String[] inner = Stream.of(modules).limit(i).toArray(String[]::new);
            layers = inner.length == 0
                    ? layers.whereLayer(modules[i]).mayNotAccessAnyLayer()
                    : layers.whereLayer(modules[i]).mayOnlyAccessLayers(inner);
        }
        return layers.because(
                "the core can be used, and understood, without any adapter, and the adapters without examples");
    }

    static ArchRule nothingButJavaBaseIsUsedIn(String core) {
        return classes()
                .that()
                .resideInAPackage(core + "..")
                .should()
                .onlyDependOnClassesThat(resideInAPackage(core + "..").or(new JavaBase()))
                .because("the model and the port must fit into every program, whatever it uses");
    }

    static ArchRule layersAreKeptIn(String core) {
        return layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(core + "..")
                .layer("message")
                .definedBy(core + ".message..")
                .layer("queue")
                .definedBy(core + ".queue..")
                .layer("task")
                .definedBy(core + ".task..")
                // Nothing is checked while it is missing, and under another name it would be in no layer.
                .optionalLayer("worker")
                .definedBy(core + ".worker..")
                .whereLayer("message")
                .mayNotAccessAnyLayer()
                .whereLayer("queue")
                .mayOnlyAccessLayers("message")
                .whereLayer("task")
                .mayOnlyAccessLayers("message")
                .whereLayer("worker")
                .mayOnlyAccessLayers("message", "queue")
                .ensureAllClassesAreContainedInArchitectureIgnoring(resideOutsideOfPackage(core + ".."))
                .because("a message can be made, kept and tested where there is no queue,"
                        + " and a queue does not ask what is in its messages");
    }

    static ArchRule adaptersDoNotKnowEachOther(String infrastructure, String... adapters) {
        LayeredArchitecture layers = layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(infrastructure + "..")
                .optionalLayer("composition")
                .definedBy(infrastructure)
                .optionalLayer("text")
                .definedBy(infrastructure + ".text..")
                .ensureAllClassesAreContainedInArchitectureIgnoring(resideOutsideOfPackage(infrastructure + ".."));
        for (String adapter : adapters) {
            layers = layers.layer(adapter).definedBy(infrastructure + "." + adapter + "..");
        }
        for (String adapter : adapters) {
            layers = layers.whereLayer(adapter).mayOnlyAccessLayers("text");
        }
        layers = layers.whereLayer("text").mayNotAccessAnyLayer();
        return layers.because("each can be replaced, or left out, on its own; the one place that composes them is"
                + " the package above, which nobody knows");
    }

    static ArchRule onlyOnePackageSees(String infrastructure, String adapter, String... libraries) {
        String home = infrastructure + "." + adapter + "..";
        var library =
                resideInAnyPackage(Stream.of(libraries).map(name -> name + "..").toArray(String[]::new));
        String reason = "replacing a library must not reach further than one package";
        return CompositeArchRule.of(classes()
                        .that()
                        .resideInAPackage(home)
                        .should(new UseOneOf(library))
                        .because(reason))
                .and(noClasses()
                        .that()
                        .resideInAPackage(infrastructure + "..")
                        .and()
                        .resideOutsideOfPackages(
                                home, infrastructure) // the package above composes: it may name a client
                        .should()
                        .dependOnClassesThat(library)
                        .allowEmptyShould(true)
                        .because(reason));
    }

    static ArchRule onlyTheseArePublic(String adapter, String... doors) {
        return classes()
                .that()
                .resideInAPackage(adapter + "..")
                .and()
                .areTopLevelClasses()
                .and()
                .arePublic()
                .should(be(DescribedPredicate.<JavaClass>describe(
                        "one of " + List.of(doors), type -> Set.of(doors).contains(type.getSimpleName()))))
                .because("what is not public can be changed without asking anybody");
    }

    static ArchRule packagesFormNoCycleIn(String root) {
        return SlicesRuleDefinition.slices()
                .assignedFrom(new EachPackageBelow(root))
                .should()
                .beFreeOfCycles()
                .because("packages that need each other are one package");
    }

    static ArchRule nothingIsPrintedBy(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should(ACCESS_STANDARD_STREAMS)
                .because("the standard streams belong to the program that uses the library");
    }

    static ArchRule nothingIsLoggedWithJavaUtilLoggingBy(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .because("adapters log with SLF4J, so that a program sees one log");
    }

    static ArchRule namesSayWhatAClassIsIn(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should(be(nameMatching(".*(Impl|Port|Adapter|Manager|Util|Utils|Helper|Base)")))
                .because("such a word says how a class is built or that nobody knew what it is");
    }

    private static ArchRule all(ArchRule... rules) {
        return CompositeArchRule.of(List.of(rules));
    }

    /** The root itself is a slice too, other than with a pattern of packages. */
    private record EachPackageBelow(String root) implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return resideInAPackage(root + "..").test(type)
                    ? SliceIdentifier.of(type.getPackageName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "the packages of " + root;
        }
    }
}
