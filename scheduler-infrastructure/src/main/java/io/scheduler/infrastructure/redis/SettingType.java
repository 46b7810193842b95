package io.scheduler.infrastructure.redis;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the value of a setting is written in a URI or in an environment variable.
 *
 * @param allowed what a text has to look like, for the error
 * @param reader gives the value, or empty if the text does not look so
 * @param <T> what the builder takes
 */
record SettingType<T>(String allowed, Function<String, Optional<T>> reader) {

    static final SettingType<String> TEXT = new SettingType<>("any text", Optional::of);

    static final SettingType<Path> FILE = new SettingType<>("the path of a file", SettingType::file);

    static final SettingType<Integer> WHOLE_NUMBER =
            new SettingType<>("a whole number of at most " + Integer.MAX_VALUE, SettingType::wholeNumber);

    static final SettingType<Boolean> FLAG = new SettingType<>("true or false", SettingType::flag);

    static final SettingType<Duration> DURATION =
            new SettingType<>("a duration such as 500ms, 2s, 5m, 1h or PT2S", DurationText::read);

    static final SettingType<Integer> SIZE =
            new SettingType<>("a number of bytes below 2 GiB such as 65536, 512KiB or 1MiB", SettingType::size);

    static final SettingType<Durability> DURABILITY = new SettingType<>(Durability.FORMS, Durability::parse);

    private static final Pattern SIZE_TEXT = Pattern.compile("(?<amount>[0-9]{1,10})(?<unit>|KiB|MiB)");

    /** Reads a value, or refuses the text in the name of the setting. */
    T read(String setting, String text) {
        return reader.apply(text).orElseThrow(() -> Allowed.refusal(setting, Allowed.quoted(text), allowed));
    }

    private static Optional<Path> file(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> wholeNumber(String text) {
        try {
            return Optional.of(Integer.parseInt(text));
        } catch (NumberFormatException notWhole) {
            return Optional.empty();
        }
    }

    private static Optional<Boolean> flag(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<Integer> size(String text) {
        Matcher matcher = SIZE_TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long unit = switch (matcher.group("unit")) {
            case "KiB" -> 1024;
            case "MiB" -> 1024 * 1024;
            default -> 1;
        };
        long bytes = Long.parseLong(matcher.group("amount")) * unit;
        return bytes > Integer.MAX_VALUE ? Optional.empty() : Optional.of((int) bytes);
    }
}
