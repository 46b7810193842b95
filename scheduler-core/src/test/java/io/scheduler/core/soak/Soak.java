package io.scheduler.core.soak;

import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Several publishers and consumers use a queue at once while all that can fail does. Then everything heals, what is
 * left is worked off, and the history of every call and every delivery is held to the {@link Law}s: nothing may be
 * lost, doubled, altered, early, or held by two.
 *
 * <p>{@code -Dsoak.minutes} makes it last as long, in rounds of some seconds; {@code -Dsoak.seed} makes it do other
 * things, and the same things again.
 */
public final class Soak {

    private static final Duration LONGEST_STORM = Duration.ofSeconds(20);
    private static final long MEMORY_GROWS_BY = 32 << 20;

    private final String name;
    private final SoakSubject subject;
    private final Duration lasts;
    private final long seed;

    /**
     * A soak.
     *
     * @param name what is soaked, for figures and failures
     * @param subject what is soaked
     * @param lasts how long its storms last in all, unless {@code -Dsoak.minutes} says otherwise
     */
    public Soak(String name, SoakSubject subject, Duration lasts) {
        this(
                name,
                subject,
                Optional.ofNullable(Integer.getInteger("soak.minutes"))
                        .map(Duration::ofMinutes)
                        .orElse(lasts),
                Long.getLong("soak.seed", 1));
    }

    /**
     * A soak that is the same whatever the command line says, to try the soak itself.
     *
     * @param name what is soaked, for figures and failures
     * @param subject what is soaked
     * @param lasts how long its storms last in all
     * @param seed what is done
     */
    public Soak(String name, SoakSubject subject, Duration lasts, long seed) {
        this.name = Objects.requireNonNull(name, "name");
        this.subject = Objects.requireNonNull(subject, "subject");
        this.lasts = lasts;
        this.seed = seed;
    }

    /**
     * Runs it, and prints its figures.
     *
     * @return the figures
     * @throws AssertionError if a promise was broken: tells which, the seed, and the history of the message
     */
    public Figures run() {
        // What workers say of failures that are meant to happen helps nobody.
        Logger workers = Logger.getLogger("io.scheduler.core.worker");
        Level level = workers.getLevel();
        workers.setLevel(Level.OFF);
        try {
            return soak();
        } finally {
            workers.setLevel(level);
        }
    }

    private Figures soak() {
        long start = System.nanoTime();
        Figures figures = new Figures(name, seed);
        subject.open(-1).queue().close();
        ThreadWatch threads = new ThreadWatch(subject);
        try (Pulse pulse = new Pulse();
                Crew crew = new Crew(subject, Round.CREW)) {
            rounds(crew, pulse, figures);
            figures.ended(Duration.ofNanos(System.nanoTime() - start), crew.crashes(), pulse.longest());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while soaking " + name, e);
        }
        Set<String> left = threads.left();
        if (!left.isEmpty()) {
            throw broken(Law.THREADS_END, "all queue objects are closed, and there are still " + left);
        }
        System.out.println(figures);
        return figures;
    }

    private void rounds(Crew crew, Pulse pulse, Figures figures) throws InterruptedException {
        Set<String> mayStillCome = new HashSet<>();
        Optional<Long> afterTheFirst = Optional.empty();
        Duration rest = lasts;
        for (int number = 1; !rest.isZero(); number++) {
            Duration storm = rest.compareTo(LONGEST_STORM) < 0 ? rest : LONGEST_STORM;
            rest = rest.minus(storm);
            new Round(subject, crew, pulse, seed, number, mayStillCome).run(name, storm, figures);
            crew.begin();
            pulse.forget();
            if (number == 1 && !rest.isZero()) {
                afterTheFirst = Optional.of(usedMemory());
            }
        }
        if (afterTheFirst.isPresent()) {
            long grown = usedMemory() - afterTheFirst.get();
            if (grown > MEMORY_GROWS_BY) {
                throw broken(Law.MEMORY_STAYS, "since the first round it grew by " + grown / 1024 + " KiB");
            }
        }
    }

    private AssertionError broken(Law law, String text) {
        Findings findings = new Findings();
        findings.broken(law, text);
        return new AssertionError(new Report(name, seed, new History(subject::now)).of(findings.violations()));
    }

    private static long usedMemory() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
