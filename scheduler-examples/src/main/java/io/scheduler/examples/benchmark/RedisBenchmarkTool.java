package io.scheduler.examples.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Redis' own {@code redis-benchmark}, which shows what the server can do at most. Nothing, where it is not installed.
 */
final class RedisBenchmarkTool {

    static final String BEST = "redis-benchmark XADD, its best pipelining";

    private static final String NAME = "redis-benchmark XADD -P ";
    private static final int GUESS_PER_SECOND = 250_000;

    private RedisBenchmarkTool() {}

    static List<Candidate> candidates(BenchmarkRedis redis, String group) {
        return ServerProcess.onPath("redis-benchmark").stream()
                .flatMap(tool -> Stream.of(List.of(64, 50), List.of(256, 16), List.of(512, 8))
                        .map(setting -> Candidate.reference(
                                group,
                                NAME + setting.get(0) + " -c " + setting.get(1),
                                time -> run(tool, redis, setting.get(0), setting.get(1), time))))
                .toList();
    }

    /** The figures, with only the best of redis-benchmark's, under its common name. */
    static List<Figure> best(List<Figure> figures) {
        List<Figure> rest = new ArrayList<>(figures.stream()
                .filter(figure -> !figure.name().startsWith(NAME))
                .toList());
        figures.stream()
                .filter(figure -> figure.name().startsWith(NAME))
                .max(Comparator.comparingDouble(Figure::median))
                .map(best -> new Figure(best.group(), BEST, best.column(), best.role(), best.unit(), best.rounds()))
                .ifPresent(rest::add);
        return rest;
    }

    private static double run(Path tool, BenchmarkRedis redis, int pipeline, int connections, Duration time)
            throws IOException {
        long requests = Math.max(1_000, GUESS_PER_SECOND * time.toMillis() / 1_000);
        List<String> command = new ArrayList<>(List.of(tool.toString(), "-h", BenchmarkRedis.HOST, "-p"));
        command.addAll(List.of(String.valueOf(redis.port()), "--csv", "-n", String.valueOf(requests)));
        command.addAll(List.of("-P", String.valueOf(pipeline), "-c", String.valueOf(connections)));
        command.addAll(List.of("XADD", "tool", "*", "message_id", "0f8fad5b-d9cb-469f-a165-70867728950e"));
        command.addAll(List.of("data", new String(Sample.PAYLOAD, StandardCharsets.UTF_8)));
        command.addAll(List.of("timestamp", "1767225600000", "retry_count", "0", "correlation_id", "order-4711"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // "the command","requests a second","…": its values come last, in front of six latencies or none.
        return Stream.of(output.split("\n"))
                .filter(line -> line.startsWith("\"XADD"))
                .map(line -> line.substring(line.indexOf("order-4711") + "order-4711".length()))
                .map(line -> line.split("\"")[2])
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(String.format(Locale.ROOT, "redis-benchmark printed: %s", output)));
    }
}
