package io.scheduler.examples.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** How long single methods take and what they allocate, by JMH with its {@code gc} profiler. */
final class TimingSection implements Section {

    private static final String GROUP = "one call";
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    @Override
    public String name() {
        return "timing";
    }

    @Override
    public String title() {
        return "Single methods";
    }

    @Override
    public Result measure(BenchmarkRedis redis, Effort effort, Progress progress) throws Exception {
        progress.say("JMH times %d iterations of each method", effort.rounds());
        List<Figure> figures = new ArrayList<>();
        for (RunResult run : new Runner(options(effort)).run()) {
            String name = run.getPrimaryResult().getLabel();
            double bytes = run.getSecondaryResults().get(ALLOCATED).getScore();
            figures.add(figure(name, Unit.NANOSECONDS, values(run)));
            figures.add(figure(name, Unit.BYTES, List.of(bytes)));
            progress.say(
                    "%-20s %,8.0f ns", name, figures.get(figures.size() - 2).median());
        }
        return Result.of(this, figures, List.of());
    }

    private static Options options(Effort effort) {
        TimeValue time = TimeValue.milliseconds(effort.time().toMillis());
        return new OptionsBuilder()
                .include(SingleMethods.class.getName())
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(effort == Effort.TRIAL ? 0 : 1)
                .warmupIterations(effort.rounds())
                .warmupTime(time)
                .measurementIterations(effort.rounds())
                .measurementTime(time)
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .build();
    }

    private static List<Double> values(RunResult run) {
        List<Double> values = new ArrayList<>();
        run.getPrimaryResult().getStatistics().getRawData().forEachRemaining(value -> values.add(value.getKey()));
        return values;
    }

    private static Figure figure(String name, Unit unit, List<Double> rounds) {
        return new Figure(GROUP, name, unit.symbol(), Role.OURS, unit, rounds);
    }
}
