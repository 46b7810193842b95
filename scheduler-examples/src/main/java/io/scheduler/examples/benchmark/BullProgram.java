package io.scheduler.examples.benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A program on Node.js that works with BullMQ as it is told. It ends with this one, whose input it reads. */
record BullProgram(Process process, BufferedWriter input, BufferedReader output) implements AutoCloseable {

    private static final String SCRIPT = "bullmq.cjs";

    static BullProgram start(Path node, int redisPort) {
        String order = new String(Sample.PAYLOAD, StandardCharsets.UTF_8);
        try (InputStream script = BullProgram.class.getResourceAsStream(SCRIPT)) {
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            Process process = new ProcessBuilder(node.toString(), "-e", text, String.valueOf(redisPort), order)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new BullProgram(process, process.outputWriter(), process.inputReader());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + node, e);
        }
    }

    /** The next line that it prints; blocks until there is one. */
    String line() {
        try {
            String line = output.readLine();
            if (line == null) {
                throw new IllegalStateException("The program that works with BullMQ has ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has it do something, and blocks until that is done. */
    void call(String command, Object argument) {
        try {
            input.write(command + " " + argument + "\n");
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String answer = line();
        if (!answer.equals("done")) {
            throw new IllegalStateException("BullMQ could not " + command + " " + argument + ": " + answer);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
