package io.scheduler.examples.benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program on Node.js that works with BullMQ as it is told. It ends with this one, whose input it reads, and with a
 * call that is given up: it would answer the next one with the answer to that.
 *
 * @param longest how long it may take to answer
 */
record BullProgram(Process process, BufferedWriter input, BufferedReader output, Duration longest)
        implements AutoCloseable {

    private static final String SCRIPT = "bullmq.cjs";
    private static final String DONE = "done";
    private static final String FAILED = "failed: ";

    static BullProgram start(Path node, int redisPort, Duration longest) {
        String order = new String(Sample.PAYLOAD, StandardCharsets.UTF_8);
        try (InputStream script = BullProgram.class.getResourceAsStream(SCRIPT)) {
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            Process process = new ProcessBuilder(node.toString(), "-e", text, String.valueOf(redisPort), order)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new BullProgram(process, process.outputWriter(), process.inputReader(), longest);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + node, e);
        }
    }

    /** The next line that it prints; blocks until there is one, it has ended, or it takes too long. */
    String line() {
        // A thread that reads from a process cannot be interrupted; one that waits for such a thread can.
        CompletableFuture<String> line = CompletableFuture.supplyAsync(this::read);
        try {
            return line.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the program that works with BullMQ was at work", e);
        } catch (TimeoutException e) {
            close();
            throw new IllegalStateException("The program that works with BullMQ did not answer in " + longest, e);
        } catch (ExecutionException e) {
            throw ended(e.getCause());
        }
    }

    /** Has it do something, and blocks until that is done. Callers take turns. */
    void call(String command, Object argument) {
        String answer = ask(command, argument);
        if (!answer.equals(DONE)) {
            throw new IllegalStateException("It was to " + command + " " + argument + ", and answered: " + answer);
        }
    }

    /** The same, and what came of it. */
    synchronized String ask(String command, Object argument) {
        try {
            input.write(command + " " + argument + "\n");
            input.flush();
        } catch (IOException e) {
            throw ended(e);
        }
        String answer = line();
        if (answer.startsWith(FAILED)) {
            throw new IllegalStateException("BullMQ could not " + command + " " + argument + ": " + answer);
        }
        return answer;
    }

    private String read() {
        try {
            String line = output.readLine();
            if (line == null) {
                throw new IllegalStateException("Nothing more is printed");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IllegalStateException ended(Throwable cause) {
        return new IllegalStateException("The program that works with BullMQ has ended", cause);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
