package io.scheduler.infrastructure.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/** Where the tests find a {@code redis-server} to start. */
final class RedisBinary {

    private static final Path EMBEDDED = unpack();
    private static final Optional<Path> WITH_TLS = onPath().filter(RedisBinary::knowsTls);

    private RedisBinary() {}

    /** The one that a test dependency carries: there on every machine. */
    static Path embedded() {
        return EMBEDDED;
    }

    /** The one that is installed, if any. */
    static Optional<Path> onPath() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The one that is installed, if it was built with TLS. */
    static Optional<Path> withTls() {
        return WITH_TLS;
    }

    private static boolean knowsTls(Path binary) {
        try {
            // Without TLS the option is an error at once; with it, and no certificate, the server ends too.
            Process process = new ProcessBuilder(binary.toString(), "--port", "0", "--tls-port", "1")
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return !printed.contains("Bad directive");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path unpack() {
        try {
            return ExecutableProvider.newJarResourceProvider().get().toPath();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack the redis-server that embedded-redis carries", e);
        }
    }
}
