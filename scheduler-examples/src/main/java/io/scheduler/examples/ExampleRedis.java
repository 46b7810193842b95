package io.scheduler.examples;

import io.scheduler.infrastructure.redis.RedisStreamConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import redis.embedded.RedisServer;

/**
 * The Redis that an example talks to: the one that {@code REDIS_URL} names, or a real redis-server of its own, which
 * ends with the example. The keys of an example begin with a prefix that nobody else has.
 */
final class ExampleRedis implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    private final RedisStreamConfig config;
    private final Optional<OwnServer> own;

    private ExampleRedis(RedisStreamConfig config, Optional<OwnServer> own) {
        this.config = config;
        this.own = own;
    }

    static ExampleRedis find() {
        Optional<OwnServer> own =
                System.getenv("REDIS_URL") == null ? Optional.of(OwnServer.start()) : Optional.empty();
        // Our own is killed in some examples: a short timeout keeps the story short.
        RedisStreamConfig base = own.map(server -> RedisStreamConfig.fromUri(server.uri() + "?commandTimeout=500ms"))
                .orElseGet(RedisStreamConfig::fromEnvironment);
        String prefix = "example-" + UUID.randomUUID().toString().substring(0, 8) + ":";
        return new ExampleRedis(base.toBuilder().keyPrefix(prefix).build(), own);
    }

    RedisStreamConfig config() {
        return config;
    }

    /** Where it is, for another process. */
    String url() {
        return own.map(OwnServer::uri).orElseGet(() -> System.getenv("REDIS_URL"));
    }

    /** Whether this is a server of the example's own, which it may kill. */
    boolean isOwn() {
        return own.isPresent();
    }

    /** Kills the example's own server, as {@code kill -9} would. */
    void kill() {
        own.orElseThrow().kill();
    }

    /** Starts it again, with the data that it had. */
    void restart() {
        own.orElseThrow().run();
    }

    @Override
    public void close() {
        own.ifPresent(OwnServer::close);
    }

    private record OwnServer(RedisServer server, int port, Path folder) {

        static OwnServer start() {
            try {
                Path folder = Files.createTempDirectory("example-redis");
                int port = freePort();
                RedisServer server = RedisServer.newRedisServer()
                        .bind(LOOPBACK)
                        .port(port)
                        .setting("dir " + folder)
                        .setting("appendonly yes")
                        .onShutdownForceStop(true)
                        .build();
                OwnServer own = new OwnServer(server, port, folder);
                own.run();
                return own;
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot start a redis-server; set REDIS_URL to use another one", e);
            }
        }

        String uri() {
            return "redis://" + LOOPBACK + ":" + port;
        }

        void run() {
            try {
                server.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void kill() {
            try {
                server.stop();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void close() {
            kill();
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted((a, b) -> b.compareTo(a))
                        .forEach(file -> file.toFile().delete());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
                return socket.getLocalPort();
            }
        }
    }
}
