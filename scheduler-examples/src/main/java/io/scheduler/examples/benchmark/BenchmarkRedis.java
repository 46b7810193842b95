package io.scheduler.examples.benchmark;

import io.scheduler.core.queue.MessageQueue;
import io.scheduler.infrastructure.MessageQueues;
import io.scheduler.infrastructure.redis.RedisStreamConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/** A real redis-server for nobody but the benchmark: the one on the PATH, else the one that embedded-redis carries. */
final class BenchmarkRedis implements AutoCloseable {

    static final String HOST = "127.0.0.1";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(20);

    private final ServerProcess process;

    private BenchmarkRedis(ServerProcess process) {
        this.process = process;
    }

    /** Starts one that keeps nothing on disk. */
    static BenchmarkRedis start() {
        return start("--appendonly", "no");
    }

    /** Starts one with settings of redis.conf, such as {@code "--appendonly", "yes"}. */
    static BenchmarkRedis start(String... settings) {
        List<String> arguments = new ArrayList<>(List.of("--bind", HOST, "--save", ""));
        arguments.addAll(List.of(settings));
        ServerProcess process = ServerProcess.start(binary(), "--port", "--dir", arguments);
        BenchmarkRedis redis = new BenchmarkRedis(process);
        process.awaitPort(START_TIMEOUT);
        return redis;
    }

    private static Path binary() {
        return ServerProcess.onPath("redis-server").orElseGet(() -> {
            try {
                return ExecutableProvider.newJarResourceProvider().get().toPath();
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot unpack the redis-server that embedded-redis carries", e);
            }
        });
    }

    int port() {
        return process.port();
    }

    RedisStreamConfig config() {
        return RedisStreamConfig.builder().host(HOST).port(port()).build();
    }

    /** A queue as anybody would make it. */
    MessageQueue queue() {
        return MessageQueues.redis(config());
    }

    RespSocket connect() throws IOException {
        return RespSocket.connect(HOST, port());
    }

    void flush() throws IOException {
        try (RespSocket socket = connect()) {
            socket.call("FLUSHALL", "SYNC");
        }
    }

    /** A number that INFO tells, such as {@code total_commands_processed}. */
    double info(String name) throws IOException {
        return Double.parseDouble(infoText(name));
    }

    /** How many bytes a key takes. */
    long memory(String key) throws IOException {
        try (RespSocket socket = connect()) {
            return (Long) socket.call("MEMORY", "USAGE", key, "SAMPLES", "0");
        }
    }

    /** How many bytes all keys take. */
    long memoryOfKeys() throws IOException {
        try (RespSocket socket = connect()) {
            long sum = 0;
            for (Object key : (List<?>) socket.call("KEYS", "*")) {
                sum += memory(key.toString());
            }
            return sum;
        }
    }

    String version() throws IOException {
        return infoText("redis_version");
    }

    private String infoText(String name) throws IOException {
        try (RespSocket socket = connect()) {
            return Stream.of(socket.call("INFO", "everything").toString().split("\r\n"))
                    .filter(line -> line.startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("INFO does not tell " + name));
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
