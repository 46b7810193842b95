package io.scheduler.examples.benchmark;

import java.util.Locale;

/** What figures are counted in. */
enum Unit {
    MESSAGES_PER_SECOND("messages/s", "%,.0f"),
    COMMANDS_PER_SECOND("commands/s", "%,.1f"),
    PERCENT("%", "%,.2f"),
    MILLISECONDS("ms", "%,.2f"),
    NANOSECONDS("ns", "%,.0f"),
    BYTES("bytes", "%,.0f");

    private final String symbol;
    private final String format;

    Unit(String symbol, String format) {
        this.symbol = symbol;
        this.format = format;
    }

    String symbol() {
        return symbol;
    }

    String format(double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
