package io.scheduler.examples.benchmark;

import java.nio.file.Path;
import java.util.List;

/**
 * Measures the library beside what people would use instead, on a real redis-server of its own, and prints tables:
 *
 * <pre>{@code
 * mvn -q test-compile exec:exec -pl scheduler-examples -am -Dexample=benchmark.Benchmarks -Dbenchmark=quick
 * }</pre>
 *
 * The property {@code benchmark} says what to do, in words separated by commas. Names of sections choose these, without
 * any all of them run; {@code quick} is for fewer and shorter rounds; {@code huge} lets ten million messages wait;
 * {@code write} puts the figures into {@code docs/performance.md}.
 */
public final class Benchmarks {

    static final List<Section> SECTIONS = List.of(
            new PublishSection(),
            new ConsumeSection(),
            new BothSection(),
            new LatencySection(),
            new GrowthSection(),
            new IdleSection(),
            new MemorySection(),
            new AllocationSection(),
            new TimingSection(),
            new ProfileSection());

    private Benchmarks() {}

    /**
     * Runs them.
     *
     * @param args none are needed
     * @throws Exception if something cannot be measured
     */
    public static void main(String[] args) throws Exception {
        Request request = Request.of(System.getProperty("benchmark", "all"), SECTIONS);
        Report report = new Report(Path.of(System.getProperty("benchmark.docs", "docs")));
        Progress progress = new Progress();
        for (Section section : request.sections()) {
            progress.begin(section.name());
            try (BenchmarkRedis redis = BenchmarkRedis.start()) {
                Result result = section.measure(redis, request.effort(), progress);
                System.out.printf("%n%s%n", MarkdownTable.of(result));
                if (request.write()) {
                    report.write(result, Environment.of(redis, request.effort()));
                }
            }
        }
    }
}
