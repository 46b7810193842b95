package io.scheduler.examples.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Stream;

/**
 * Where figures were taken.
 *
 * @param effort how thoroughly
 * @param date on which day
 */
record Environment(String redis, String processor, int cores, String jdk, String system, String effort, String date) {

    static Environment of(BenchmarkRedis redis, Effort effort) throws IOException {
        return new Environment(
                redis.version(),
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                effort.name(),
                LocalDate.now().toString());
    }

    private static String processorName() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return "unknown processor";
        }
        try (Stream<String> lines = Files.lines(info)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown processor");
        }
    }

    @Override
    public String toString() {
        return String.format(
                "Redis %s and everything else on one machine: %d cores, %s, %s, %s; %s run of %s.",
                redis, cores, processor, system, jdk, effort, date);
    }
}
