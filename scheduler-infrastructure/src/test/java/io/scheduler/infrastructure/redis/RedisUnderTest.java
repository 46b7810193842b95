package io.scheduler.infrastructure.redis;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** The servers that the contract is proved on, as far as this machine can run them. */
enum RedisUnderTest {
    BUNDLED(() -> Optional.empty(), () -> process(RedisBinary.embedded())),
    BUNDLED_CLUSTER(() -> Optional.empty(), RedisUnderTest::cluster),
    BUNDLED_SENTINEL(() -> Optional.empty(), RedisUnderTest::sentinel),
    ON_THE_PATH(
            RedisUnderTest::missingOnPath, () -> process(RedisBinary.onPath().orElseThrow())),
    REDIS_IMAGE(RedisUnderTest::missingDocker, () -> container("redis:8")),
    VALKEY_IMAGE(RedisUnderTest::missingDocker, () -> container("valkey/valkey:9"));

    private final Supplier<Optional<String>> missing;
    private final Supplier<Running> starter;

    RedisUnderTest(Supplier<Optional<String>> missing, Supplier<Running> starter) {
        this.missing = missing;
        this.starter = starter;
    }

    /** What this machine lacks to run it. */
    Optional<String> missing() {
        return missing.get();
    }

    Running start() {
        return starter.get();
    }

    /** A server that runs. */
    record Running(String uri, Runnable stop) {}

    private static Running process(Path binary) {
        RedisServerProcess server = RedisServerProcess.launch(binary);
        return new Running(server.uri(), server::close);
    }

    private static Running cluster() {
        RedisClusterProcess cluster = RedisClusterProcess.launch();
        return new Running(cluster.uri(), cluster::close);
    }

    private static Running sentinel() {
        RedisSentinelProcesses all = RedisSentinelProcesses.launch(RedisBinary.embedded());
        return new Running(all.uri(), all::close);
    }

    private static Running container(String image) {
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(image)).withExposedPorts(6379);
        container.start();
        return new Running("redis://" + container.getHost() + ":" + container.getMappedPort(6379), container::stop);
    }

    private static Optional<String> missingOnPath() {
        return RedisBinary.onPath().isPresent() ? Optional.empty() : Optional.of("no redis-server on the PATH");
    }

    private static Optional<String> missingDocker() {
        return DockerClientFactory.instance().isDockerAvailable() ? Optional.empty() : Optional.of("no Docker");
    }
}
