package io.scheduler.examples.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The documents: {@code performance.md}, between whose markers each section's tables are put, and beside it a picture
 * and the figures as JSON for each section. What stands around the markers is written by people.
 *
 * @param docs the folder
 */
record Report(Path docs) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Replaces what the documents say of one section. */
    void write(Result result, Environment environment) throws IOException {
        Path folder = Files.createDirectories(docs.resolve("performance"));
        JSON.writeValue(
                folder.resolve(result.section() + ".json"), Map.of("environment", environment, "result", result));
        StringBuilder text = new StringBuilder();
        Optional<String> picture = Picture.of(result);
        if (picture.isPresent()) {
            String name = result.section() + ".svg";
            Files.writeString(folder.resolve(name), picture.get());
            text.append(String.format("![%s](performance/%s)%n%n", result.title(), name));
        }
        text.append(MarkdownTable.of(result)).append('\n').append(environment).append('\n');
        Path document = docs.resolve("performance.md");
        Files.writeString(document, replaced(Files.readString(document), result.section(), text.toString()));
    }

    /** The document with another text between the markers of a section. */
    static String replaced(String document, String section, String text) {
        String begin = "<!-- begin " + section + " -->\n";
        String end = "<!-- end " + section + " -->";
        List<Integer> places = List.of(document.indexOf(begin), document.indexOf(end));
        if (places.contains(-1)) {
            throw new IllegalStateException("performance.md lacks the markers " + begin.strip() + " and " + end);
        }
        return document.substring(0, places.get(0) + begin.length()) + text + document.substring(places.get(1));
    }
}
