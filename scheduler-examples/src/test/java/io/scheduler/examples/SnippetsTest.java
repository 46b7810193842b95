package io.scheduler.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every Java snippet of the README and the documents is true: it is an excerpt of a source file of this repository,
 * letter for letter but for white space, or it compiles as statements of a method.
 */
class SnippetsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern SNIPPET = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    private static final String BEFORE = """
            import io.scheduler.core.message.*;
            import io.scheduler.core.queue.*;
            import io.scheduler.core.worker.*;
            import io.scheduler.infrastructure.*;
            import io.scheduler.infrastructure.metrics.*;
            import io.scheduler.infrastructure.redis.*;
            import io.scheduler.infrastructure.tracing.*;
            import java.time.*;
            import java.util.*;

            class Snippet {
                void snippet() throws Exception {
            """;

    @TempDir
    Path output;

    @TestFactory
    Stream<DynamicTest> everySnippetIsTrue() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path document : documents()) {
            Matcher snippets = SNIPPET.matcher(Files.readString(document));
            for (int number = 1; snippets.find(); number++) {
                String code = snippets.group(1);
                tests.add(DynamicTest.dynamicTest(
                        ROOT.relativize(document) + " " + number,
                        () -> assertThat(isExcerpt(code) ? List.of() : errorsIn(code))
                                .isEmpty()));
            }
        }
        assertThat(tests).as("snippets").isNotEmpty();
        return tests.stream();
    }

    @Test
    void aSnippetThatIsNeitherIsFound() throws IOException {
        assertThat(errorsIn("queue.publish(nothing);")).isNotEmpty();
        assertThat(isExcerpt("queue.publish(nothing); // as nobody wrote it")).isFalse();
    }

    private static boolean isExcerpt(String code) throws IOException {
        String wanted = code.replaceAll("\\s", "");
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !path.endsWith("SnippetsTest.java"))
                    .toList()) {
                if (Files.readString(file).replaceAll("\\s", "").contains(wanted)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md")),
                            docs.filter(file -> file.toString().endsWith(".md")))
                    .sorted()
                    .toList();
        }
    }

    private List<String> errorsIn(String code) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return BEFORE + code + "}}";
                    }
                };
        List<String> options =
                List.of("-classpath", System.getProperty("java.class.path"), "-proc:none", "-d", output.toString());
        compiler.getTask(null, null, diagnostics, options, null, List.of(source))
                .call();
        return diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .toList();
    }
}
