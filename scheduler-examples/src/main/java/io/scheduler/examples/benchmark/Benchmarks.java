package io.scheduler.examples.benchmark;

import java.nio.file.Path;
import java.util.List;

/**
 * Measures the library beside what people would use instead, on a real redis-server of its own, and prints tables. The
 * property {@code benchmark} says what to do, in words separated by commas: the names of sections (all of them, where
 * there is none), {@code quick} for fewer and shorter rounds, {@code write} to put the figures into
 * {@code docs/performance.md}.
 */
public final class Benchmarks {

    private static final List<Section> SECTIONS = List.of(
            new PublishSection(),
            new ConsumeSection(),
            new BothSection(),
            new LatencySection(),
            new GrowthSection(),
            new IdleSection(),
            new MemorySection(),
            new AllocationSection(),
            new ProfileSection());

    private Benchmarks() {}

    /**
     * Runs them.
     *
     * @param args none are needed
     * @throws Exception if something cannot be measured
     */
    public static void main(String[] args) throws Exception {
        List<String> words = List.of(System.getProperty("benchmark", "all").split(","));
        Effort effort = words.contains("trial") ? Effort.TRIAL : words.contains("quick") ? Effort.QUICK : Effort.FULL;
        boolean all = SECTIONS.stream().noneMatch(section -> words.contains(section.name()));
        Progress progress = new Progress();
        Report report = new Report(Path.of(System.getProperty("benchmark.docs", "docs")));
        for (Section section : SECTIONS) {
            if (all || words.contains(section.name())) {
                progress.begin(section.name());
                try (BenchmarkRedis redis = BenchmarkRedis.start()) {
                    Result result = section.measure(redis, effort, progress);
                    System.out.printf("%n%s%n", MarkdownTable.of(result));
                    if (words.contains("write")) {
                        report.write(result, Environment.of(redis, effort));
                    }
                }
            }
        }
        System.exit(0);
    }
}
