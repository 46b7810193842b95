package io.scheduler.examples.benchmark;

import java.time.Duration;
import java.util.Locale;

/** Tells on the console what is being done: a line for each measurement. */
final class Progress {

    private final long start = System.nanoTime();
    private String section = "";

    void begin(String name) {
        section = name;
    }

    void say(String format, Object... values) {
        Duration passed = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf(
                Locale.ROOT,
                "%2d:%02d %-10s %s%n",
                passed.toMinutes(),
                passed.toSecondsPart(),
                section,
                String.format(Locale.ROOT, format, values));
    }
}
