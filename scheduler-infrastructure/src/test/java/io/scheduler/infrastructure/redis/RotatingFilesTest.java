package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingFilesTest {

    @TempDir
    private Path folder;

    @Test
    void whatWasReadGoesOnUntilTheFileCanBeUsedAgain() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "first");
        RotatingFiles<String> files = new RotatingFiles<>(List.of(file), () -> usable(file));

        Files.writeString(file, "bad");
        assertThat(files.now()).isEqualTo("first");
        Files.delete(file);
        assertThat(files.now()).isEqualTo("first");
        Files.writeString(file, "second");
        assertThat(files.now()).isEqualTo("second");
    }

    private static String usable(Path file) {
        try {
            String content = Files.readString(file);
            if (content.equals("bad")) {
                throw new IllegalArgumentException("It is bad");
            }
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
