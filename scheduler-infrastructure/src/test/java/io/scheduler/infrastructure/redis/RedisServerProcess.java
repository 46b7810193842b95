package io.scheduler.infrastructure.redis;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real {@code redis-server} on a free loopback port, with a folder of its own. It writes every change to its disk, so
 * that {@link #kill} and {@link #start} lose nothing. {@link #close} ends it and removes its folder.
 */
final class RedisServerProcess implements AutoCloseable {

    private static final int LOWEST_PORT = 12_000;

    static final String HOST = "127.0.0.1";

    private static final String LOG = "redis.log";
    private static final String SENTINEL_CONF = "sentinel.conf";
    private static final Duration FOLLOW_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(20);

    private final Path binary;
    private final List<String> settings;
    private final Path folder;
    private final int port;
    private final Optional<Integer> tlsPort;
    private Process process;

    private RedisServerProcess(Path binary, Optional<ServerTls> tls, List<String> settings) {
        try {
            this.binary = binary;
            this.folder = Files.createTempDirectory("redis-test");
            this.port = freePort();
            this.tlsPort = tls.map(with -> freePort());
            this.settings = new ArrayList<>(settings);
            tls.ifPresent(with -> this.settings.addAll(with.settings(tlsPort.orElseThrow())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a server; settings are those of redis.conf, such as {@code "--requirepass", "secret"}. */
    static RedisServerProcess launch(Path binary, String... settings) {
        return launch(binary, Optional.empty(), settings);
    }

    /** Starts a server, which may speak TLS on another port. */
    static RedisServerProcess launch(Path binary, Optional<ServerTls> tls, String... settings) {
        RedisServerProcess server = new RedisServerProcess(binary, tls, List.of(settings));
        server.start();
        return server;
    }

    /** Starts a sentinel; the lines are those of sentinel.conf. */
    static RedisServerProcess launchSentinel(Path binary, String... lines) {
        return launchSentinel(binary, Optional.empty(), lines);
    }

    /** Starts a sentinel, which may speak TLS on another port. */
    static RedisServerProcess launchSentinel(Path binary, Optional<ServerTls> tls, String... lines) {
        RedisServerProcess sentinel = new RedisServerProcess(binary, tls, List.of());
        try {
            Files.write(sentinel.folder.resolve(SENTINEL_CONF), List.of(lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sentinel.start();
        return sentinel;
    }

    static RedisServerProcess launch() {
        return launch(RedisBinary.embedded());
    }

    /**
     * A port that nobody listens on now, nor on the one 10,000 above it, which a node of a cluster takes too. Both lie
     * below those from which systems take one for each connection, before the server has it or while it is down.
     */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, LOWEST_PORT + 10_000);
            try {
                InetAddress host = InetAddress.getByName(HOST);
                new ServerSocket(port, 1, host).close();
                new ServerSocket(port + 10_000, 1, host).close();
                return port;
            } catch (BindException e) {
                // Another pair.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The plain one. */
    int port() {
        return port;
    }

    /** The one for clients and other servers: that of TLS, if it speaks it. */
    int publicPort() {
        return tlsPort.orElse(port);
    }

    String uri() {
        return "redis://" + HOST + ":" + port;
    }

    /** Starts it again, on the same port and with the data it had. */
    void start() {
        List<String> command = new ArrayList<>(List.of(binary.toString()));
        if (isSentinel()) {
            command.addAll(List.of(folder.resolve(SENTINEL_CONF).toString(), "--sentinel"));
        }
        command.addAll(List.of("--bind", HOST, "--port", String.valueOf(port), "--dir", folder.toString()));
        if (!isSentinel()) {
            command.addAll(List.of("--save", "", "--appendonly", "yes", "--appendfsync", "always"));
        }
        command.addAll(settings);
        File log = folder.resolve(LOG).toFile();
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("redis-server on port " + port)
                .atMost(START_TIMEOUT)
                .pollInterval(Duration.ofMillis(10))
                .until(this::answers);
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGSTOP: the server keeps its connections and answers nobody. */
    void pause() {
        signal("STOP");
    }

    /** SIGCONT. */
    void resume() {
        signal("CONT");
    }

    /** Blocks until this server follows another one, with everything that it has. */
    void awaitFollows() {
        Awaitility.await("a server that follows")
                .atMost(FOLLOW_TIMEOUT)
                // A server that changes its role ends connections.
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> {
                    try (RespClient client = client()) {
                        String info = (String) client.call("INFO", "replication");
                        return info.contains("role:slave") && info.contains("master_link_status:up");
                    }
                });
    }

    long pid() {
        return process.pid();
    }

    /** The last lines of its log. */
    String lastLogged(int lines) {
        try {
            List<String> all = Files.readAllLines(folder.resolve(LOG));
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    /** A connection to look at what is stored. */
    RespClient client() {
        return RespClient.connect(HOST, port);
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isSentinel() {
        return Files.exists(folder.resolve(SENTINEL_CONF));
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("redis-server ended with " + process.exitValue() + ": " + logged());
        }
        try (RespClient client = client()) {
            String answer = String.valueOf(client.callOrError("PING"));
            return answer.equals("PONG") || answer.startsWith("NOAUTH");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private String logged() {
        try {
            return Files.readString(folder.resolve("redis.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill -" + name + " ended with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while signalling", e);
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("redis-server " + process.pid() + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for redis-server to end", e);
        }
    }
}
