package io.scheduler.core.queue.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.scheduler.core.queue.MessageQueue;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Holds the document, its tests and the port together. */
class DeliveryContractTest {

    private static final Pattern RULE = Pattern.compile("^- \\*\\*(\\d+)\\.(\\d+)\\*\\*( †)?", Pattern.MULTILINE);

    private record Entry(int chapter, int number, boolean leftToAdapters) {

        String id() {
            return chapter + "." + number;
        }
    }

    private final List<JavaClass> aspects = new ClassFileImporter()
            .importPackages("io.scheduler.core.queue.contract").stream()
                    .filter(type -> type.getSimpleName().endsWith("Contract"))
                    .filter(type -> !type.isEquivalentTo(QueueContract.class))
                    .toList();

    @Test
    void everyRuleOfTheDocumentIsProvenUnlessItIsLeftToAdapters() throws IOException {
        Set<String> toProve = document().stream()
                .filter(entry -> !entry.leftToAdapters())
                .map(Entry::id)
                .collect(Collectors.toSet());

        assertThat(citedRules()).containsAll(toProve);
    }

    @Test
    void everyRuleThatATestCitesIsInTheDocument() throws IOException {
        assertThat(document().stream().map(Entry::id)).containsAll(citedRules());
    }

    @Test
    void theDocumentNumbersItsRulesInOrderAndOnce() throws IOException {
        assertThat(document())
                .isSortedAccordingTo(Comparator.comparingInt(Entry::chapter).thenComparingInt(Entry::number))
                .doesNotHaveDuplicates()
                .extracting(Entry::id)
                .doesNotHaveDuplicates()
                .contains("1.1");
    }

    @Test
    void everyTestCitesARule() {
        assertThat(tests()).isNotEmpty().allMatch(test -> test.isAnnotatedWith(Rule.class));
    }

    @Test
    void theListOfAspectsIsComplete() {
        assertThat(ContractAspects.ALL)
                .map(Class::getName)
                .containsExactlyInAnyOrderElementsOf(
                        aspects.stream().map(JavaClass::getName).toList());
        assertThat(aspects).allMatch(type -> type.getModifiers().contains(JavaModifier.ABSTRACT));
    }

    @Test
    void everyCallOfThePortIsAmongThoseThatRulesAboutAllCallsTry() {
        assertThat(Stream.of(PortCall.values()).map(PortCall::method))
                .containsExactlyInAnyOrderElementsOf(Stream.of(MessageQueue.class.getMethods())
                        .filter(method -> !method.isBridge())
                        .map(Method::getName)
                        .filter(name -> !name.equals("close"))
                        .toList());
    }

    @Test
    void aTestIsShownAsItsRuleAndASentence() throws NoSuchMethodException {
        Method test = PublishingContract.class.getDeclaredMethod("anEmptyListDoesNothing");

        assertThat(new RuleNames().generateDisplayNameForMethod(List.of(), PublishingContract.class, test))
                .isEqualTo("1.6 an empty list does nothing");
    }

    private Set<String> citedRules() {
        return tests().flatMap(
                        test -> Stream.of(test.getAnnotationOfType(Rule.class).value()))
                .collect(Collectors.toSet());
    }

    private Stream<JavaMethod> tests() {
        return aspects.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method ->
                        method.isAnnotatedWith(Test.class) || method.isAnnotatedWith(ParameterizedTest.class));
    }

    private static List<Entry> document() throws IOException {
        return RULE.matcher(Files.readString(path()))
                .results()
                .map(found -> new Entry(
                        Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)), found.group(3) != null))
                .toList();
    }

    /** A build runs in the module, an editor often in the project. */
    private static Path path() {
        Path fromProject = Path.of("docs", "delivery-contract.md");
        return Files.exists(fromProject) ? fromProject : Path.of("..").resolve(fromProject);
    }
}
