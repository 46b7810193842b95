package io.scheduler.infrastructure.redis;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 500ms}, {@code 2s}, {@code 5m}, {@code 1h}; in ISO-8601 what has no such form.
 */
final class DurationText {

    private static final Pattern SHORT = Pattern.compile("(?<amount>[0-9]{1,9})(?<unit>ms|s|m|h)");
    private static final int NANOS_PER_MILLI = 1_000_000;

    private DurationText() {}

    /** Reads either form; empty if the text is neither. */
    static Optional<Duration> read(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (!matcher.matches()) {
            return readIso(text);
        }
        long amount = Long.parseLong(matcher.group("amount"));
        return Optional.of(
                switch (matcher.group("unit")) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    default -> Duration.ofHours(amount);
                });
    }

    /** Writes the duration in the largest unit that loses nothing, so that {@link #read} gives it back. */
    static String of(Duration duration) {
        long seconds = duration.getSeconds();
        int nanos = duration.getNano();
        if (seconds < 0 || seconds >= 1_000_000 || nanos % NANOS_PER_MILLI != 0) {
            return duration.toString();
        }
        if (nanos != 0 || seconds == 0) {
            return duration.toMillis() + "ms";
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    private static Optional<Duration> readIso(String text) {
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeParseException notIso) {
            return Optional.empty();
        }
    }
}
