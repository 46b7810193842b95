package io.scheduler.infrastructure.redis;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The checks on settings. Each refusal names the setting, the value, and what is allowed. */
final class Allowed {

    /** What would break a line of a log, turn its direction around, or not be shown at all. */
    private static final Set<Integer> UNPRINTABLE = Stream.of(
                    Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE)
            .map(Byte::intValue)
            .collect(Collectors.toUnmodifiableSet());

    private static final int SHOWN = 60;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]*");

    private Allowed() {}

    static void between(String setting, long value, long min, long max) {
        if (value < min || value > max) {
            throw refusal(setting, Long.toString(value), min + " to " + max);
        }
    }

    static void between(String setting, Duration value, Duration min, Duration max) {
        Objects.requireNonNull(value, setting);
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw refusal(setting, DurationText.of(value), DurationText.of(min) + " to " + DurationText.of(max));
        }
    }

    /** Allows the alphabet of queue names: no braces among them, which would move a key to another cluster slot. */
    static void name(String setting, String value, int minLength, int maxLength) {
        Objects.requireNonNull(value, setting);
        if (value.length() < minLength
                || value.length() > maxLength
                || !NAME.matcher(value).matches()) {
            throw refusal(
                    setting, quoted(value), minLength + " to " + maxLength + " characters out of A-Z a-z 0-9 . _ : -");
        }
    }

    static IllegalArgumentException refusal(String setting, String value, String allowed) {
        return new IllegalArgumentException(setting + ": " + value + " is not allowed; allowed is " + allowed);
    }

    /** The text in quotes, control characters escaped, cut where it would flood a log. */
    static String quoted(String text) {
        StringBuilder shown = new StringBuilder("'");
        text.codePoints().limit(SHOWN).forEach(c -> {
            if (UNPRINTABLE.contains(Character.getType(c))) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        if (text.codePointCount(0, text.length()) > SHOWN) {
            shown.append("… (").append(text.length()).append(" characters)");
        }
        return shown.append('\'').toString();
    }
}
