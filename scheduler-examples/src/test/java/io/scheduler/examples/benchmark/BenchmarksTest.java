package io.scheduler.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** That the benchmarks run, and what they leave; how fast anything is, is not tested. */
class BenchmarksTest {

    private static final Path DOCUMENT = Path.of("../docs/performance.md");

    @TempDir
    private Path docs;

    static Stream<Named<Section>> sections() {
        return Benchmarks.SECTIONS.stream().map(section -> Named.of(section.name(), section));
    }

    @ParameterizedTest
    @MethodSource("sections")
    void eachSectionFindsFiguresAndPutsThemIntoTheDocuments(Section section) throws Exception {
        Files.copy(DOCUMENT, docs.resolve("performance.md"));
        try (BenchmarkRedis redis = BenchmarkRedis.start()) {
            Result result = section.measure(redis, Effort.TRIAL, new Progress());
            new Report(docs).write(result, Environment.of(redis, Effort.TRIAL));

            assertThat(result.figures())
                    .isNotEmpty()
                    .allSatisfy(figure -> assertThat(figure.median())
                            .as(figure.toString())
                            .isFinite()
                            .isNotNegative());
            assertThat(Files.readString(docs.resolve("performance.md")))
                    .contains(
                            "| " + result.groups().get(0) + " | ",
                            result.figures().get(0).name(),
                            "trial run of")
                    .contains(redis.version());
            JsonNode json = JsonMapper.shared().readTree(docs.resolve("performance/" + section.name() + ".json"));
            assertThat(json.at("/result/figures").size())
                    .isEqualTo(result.figures().size());
            assertThat(json.at("/environment/cores").asInt()).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("sections")
    void theDocumentShowsEachSectionOfAWholeRunWithItsPicture(Section section) throws Exception {
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf("<!-- begin " + section.name() + " -->");
        String part = document.substring(begin, document.indexOf("<!-- end " + section.name() + " -->", begin));

        assertThat(part).contains("| ", " run of ");
        for (String picture : pictures(part)) {
            try (InputStream svg = Files.newInputStream(DOCUMENT.resolveSibling(picture))) {
                assertThat(DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(svg)
                                .getDocumentElement()
                                .getTagName())
                        .isEqualTo("svg");
            }
        }
    }

    @Test
    void aWordThatIsNotKnownIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Request.of("publish,fast", Benchmarks.SECTIONS))
                .withMessageContaining("'fast'")
                .withMessageContaining("quick")
                .withMessageContaining("latency");
    }

    @Test
    void sectionsRunAloneOrAllTogether() {
        assertThat(Request.of("quick,memory", Benchmarks.SECTIONS).sections())
                .extracting(Section::name)
                .containsExactly("memory");
        assertThat(Request.of("all", Benchmarks.SECTIONS).sections()).isEqualTo(Benchmarks.SECTIONS);
        assertThat(Request.of("quick", Benchmarks.SECTIONS).effort()).isEqualTo(Effort.QUICK);
    }

    private static List<String> pictures(String part) {
        return Stream.of(part.split("[()]"))
                .filter(text -> text.endsWith(".svg"))
                .toList();
    }
}
