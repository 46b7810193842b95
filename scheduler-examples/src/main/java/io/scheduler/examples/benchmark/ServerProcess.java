package io.scheduler.examples.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server that runs on a free port with a folder of its own, and ends with the benchmark. */
record ServerProcess(Process process, int port, Path folder, Thread hook) implements AutoCloseable {

    static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** How it is started. */
    @FunctionalInterface
    interface Launch {

        /** The command and its environment, for this port and this folder. */
        ProcessBuilder on(int port, Path folder) throws IOException;
    }

    /**
     * Starts it.
     *
     * @param portOption the option that names its port
     * @param folderOption the option that names its folder
     */
    static ServerProcess start(Path binary, String portOption, String folderOption, List<String> arguments) {
        return start((port, folder) -> {
            List<String> command = new ArrayList<>(
                    List.of(binary.toString(), portOption, String.valueOf(port), folderOption, folder.toString()));
            command.addAll(arguments);
            return new ProcessBuilder(command);
        });
    }

    static ServerProcess start(Launch launch) {
        try {
            Path folder = Files.createTempDirectory("benchmark");
            int port = freePort();
            Process process = launch.on(port, folder)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("server.log").toFile())
                    .start();
            Thread hook = new Thread(() -> kill(process));
            Runtime.getRuntime().addShutdownHook(hook);
            return new ServerProcess(process, port, folder, hook);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start a server", e);
        }
    }

    void awaitPort(Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException e) {
                if (System.nanoTime() > end || !process.isAlive()) {
                    throw new UncheckedIOException("Nobody listens on port " + port, e);
                }
                Threads.sleep(Duration.ofMillis(10));
            }
        }
    }

    /** How much processor time it has used. */
    Duration processorTime() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        kill(process);
        Runtime.getRuntime().removeShutdownHook(hook);
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it with all that it has started: some servers are a script around the program. */
    private static void kill(Process process) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        // Whoever has to reap what a killed script leaves behind may be slow, or never do it.
        CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, 5, TimeUnit.SECONDS)
                .join();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
