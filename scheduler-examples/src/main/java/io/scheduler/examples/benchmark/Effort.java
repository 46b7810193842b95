package io.scheduler.examples.benchmark;

import java.time.Duration;

/**
 * How long and how often is measured.
 *
 * @param rounds how often each candidate is measured
 * @param time how long each measurement of a rate takes
 * @param messages how many messages are consumed in each measurement of consuming
 * @param largest how many messages wait in the longest queue of the section on growth
 */
record Effort(int rounds, Duration time, int messages, int largest) {

    static final Effort FULL = new Effort(5, Duration.ofMillis(1500), 100_000, 1_000_000);
    static final Effort QUICK = new Effort(2, Duration.ofMillis(500), 20_000, 10_000);
    /** Enough to see that everything runs, and for no figure that means anything. */
    static final Effort TRIAL = new Effort(1, Duration.ofMillis(50), 1_000, 1_000);
}
