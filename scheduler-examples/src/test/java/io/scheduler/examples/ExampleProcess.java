package io.scheduler.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An example that was run as a user runs it: in a process of its own.
 *
 * @param exit its exit code
 * @param output what it printed, errors included
 */
record ExampleProcess(int exit, String output) {

    private static final int TIMEOUT_SECONDS = 60;

    /** Runs an example on a Redis of its own. */
    static ExampleProcess run(Class<?> example, Object... arguments) throws IOException, InterruptedException {
        return run(example, Optional.empty(), arguments);
    }

    /** Runs an example on the Redis that a URL names. */
    static ExampleProcess runOn(String redisUrl, Class<?> example) throws IOException, InterruptedException {
        return run(example, Optional.of(redisUrl));
    }

    private static ExampleProcess run(Class<?> example, Optional<String> redisUrl, Object... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dstdout.encoding=UTF-8",
                "-Dfile.encoding=UTF-8",
                "-classpath",
                System.getProperty("java.class.path"),
                example.getName()));
        Stream.of(arguments).map(String::valueOf).forEach(command::add);
        // Into a file: reading from the process would wait for as long as it runs.
        Path output = Files.createTempFile("example", ".txt");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().remove("REDIS_URL");
            redisUrl.ifPresent(url -> builder.environment().put("REDIS_URL", url));
            Process process = builder.start();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroy(); // its shutdown hooks stop its redis-server
                throw new IllegalStateException(
                        example.getSimpleName() + " did not end; it printed: " + Files.readString(output));
            }
            return new ExampleProcess(process.exitValue(), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }
}
