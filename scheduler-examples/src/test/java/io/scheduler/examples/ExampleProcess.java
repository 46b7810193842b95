package io.scheduler.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An example that was run as a user runs it: in a process of its own.
 *
 * @param exit its exit code
 * @param output what it printed, errors included
 */
record ExampleProcess(int exit, String output) {

    private static final int TIMEOUT_SECONDS = 60;

    /** Runs an example without a Redis, or with the one that a URL names. */
    static ExampleProcess run(Class<?> example, String... redisUrl) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dstdout.encoding=UTF-8",
                        "-Dfile.encoding=UTF-8",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        example.getName())
                .redirectErrorStream(true);
        builder.environment().remove("REDIS_URL");
        List.of(redisUrl).forEach(url -> builder.environment().put("REDIS_URL", url));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(example.getSimpleName() + " did not end; it printed: " + output);
        }
        return new ExampleProcess(process.exitValue(), output);
    }
}
