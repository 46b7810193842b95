package io.scheduler.examples.benchmark;

import java.time.Duration;

/**
 * How long and how often is measured.
 *
 * @param name what the report calls it
 * @param rounds how often each candidate is measured
 * @param time how long each measurement of a rate takes
 * @param messages how many messages go through where a number of them is measured
 * @param waiting how many messages wait in the longest queue
 */
record Effort(String name, int rounds, Duration time, int messages, int waiting) {

    static final Effort FULL = new Effort("full", 5, Duration.ofSeconds(1), 100_000, 1_000_000);

    static final Effort QUICK = new Effort("quick", 2, Duration.ofMillis(300), 20_000, 10_000);

    /** Enough to see that everything runs, for figures that mean nothing. */
    static final Effort TRIAL = new Effort("trial", 1, Duration.ofMillis(50), 1_000, 1_000);

    /** The same with fewer rounds, for what takes long. */
    Effort withRounds(int most) {
        return new Effort(name, Math.min(rounds, most), time, messages, waiting);
    }

    /** The same with longer measurements, for what needs many events. */
    Effort withTime(int factor) {
        return new Effort(name, rounds, time.multipliedBy(factor), messages, waiting);
    }

    /** The same with longer queues. */
    Effort withWaiting(int most) {
        return new Effort(name, rounds, time, messages, most);
    }
}
