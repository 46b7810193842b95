package io.scheduler.infrastructure.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/** Where the tests find a {@code redis-server} to start. */
final class RedisBinary {

    private static final Path EMBEDDED = unpack();

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

    private static Path unpack() {
        try {
            return ExecutableProvider.newJarResourceProvider().get().toPath();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack the redis-server that embedded-redis carries", e);
        }
    }
}
