package io.scheduler.core.queue;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The name of a queue, checked once, here.
 *
 * @param value 1 to 200 characters out of {@code A-Z a-z 0-9 . _ : -}; names are case-sensitive
 */
public record QueueName(String value) {

    private static final int MAX_LENGTH = 200;
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._:-]{1," + MAX_LENGTH + "}");

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if it breaks the rule above; the text says where
     */
    public QueueName {
        Objects.requireNonNull(value, "queue name");
        if (!VALID.matcher(value).matches()) {
            throw new IllegalArgumentException("Invalid queue name: " + complaint(value) + ". Allowed are 1 to "
                    + MAX_LENGTH + " characters out of A-Z a-z 0-9 . _ : -");
        }
    }

    /**
     * Checks and wraps a name.
     *
     * @param value the name
     * @return the queue name
     * @throws IllegalArgumentException if it is not 1 to 200 characters out of {@code A-Z a-z 0-9 . _ : -}
     */
    public static QueueName of(String value) {
        return new QueueName(value);
    }

    /** Returns the bare name. */
    @Override
    public String toString() {
        return value;
    }

    private static String complaint(String value) {
        if (value.isEmpty()) {
            return "it is empty";
        }
        if (value.length() > MAX_LENGTH) {
            return "it has " + value.length() + " characters";
        }
        int index = 0;
        while (VALID.matcher(value.substring(index, index + 1)).matches()) {
            index++;
        }
        int character = value.codePointAt(index);
        boolean visible = Character.isLetterOrDigit(character) || (character > ' ' && character < 0x7f);
        return "it has the character U+" + String.format("%04X", character)
                + (visible ? " '" + Character.toString(character) + "'" : "") + " at index " + index;
    }
}
