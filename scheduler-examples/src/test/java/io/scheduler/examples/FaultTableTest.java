package io.scheduler.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every row of the tables of faults names a test that there is. */
class FaultTableTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path TABLES = ROOT.resolve("docs/faults.md");
    private static final Pattern ROW = Pattern.compile("^\\| (?!fault \\|)(.+) \\|$", Pattern.MULTILINE);
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`$");

    @TestFactory
    Stream<DynamicTest> everyRowNamesATest() throws IOException {
        Map<String, String> sources = sources();
        List<DynamicTest> tests = new ArrayList<>();
        Matcher rows = ROW.matcher(Files.readString(TABLES));
        while (rows.find()) {
            String row = rows.group(1);
            tests.add(DynamicTest.dynamicTest(
                    row, () -> assertThat(isTested(row, sources)).isTrue()));
        }
        assertThat(tests).hasSizeGreaterThan(30);
        return tests.stream();
    }

    @Test
    void aTestThatThereIsNotIsMissed() throws IOException {
        Map<String, String> sources = sources();

        assertThat(isTested("x | y | `FaultTableTest.everyRowNamesATest`", sources))
                .isFalse(); // no test that is run
        assertThat(isTested("x | y | `FaultTableTest.aTestThatThereIsNotIsMissed`", sources))
                .isTrue();
        assertThat(isTested("x | y | `FaultTableTest.nobodyWroteIt`", sources)).isFalse();
        assertThat(isTested("x | y | `NoSuchTest.aTestThatThereIsNotIsMissed`", sources))
                .isFalse();
        assertThat(isTested("x | y | ", sources)).isFalse();
    }

    private static boolean isTested(String row, Map<String, String> sources) {
        Matcher named = TEST.matcher(row);
        return named.find()
                && Pattern.compile(
                                "@(?:Parameterized)?Test\\b(?:(?!\\bvoid ).)*\\bvoid " + named.group(2) + "\\(",
                                Pattern.DOTALL)
                        .matcher(sources.getOrDefault(named.group(1), ""))
                        .find();
    }

    private static Map<String, String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().matches(".*/src/test/java/.*(Test|Contract)\\.java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            FaultTableTest::read,
                            (first, second) -> first + second));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
