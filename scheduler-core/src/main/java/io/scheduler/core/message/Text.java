package io.scheduler.core.message;

/** Checks on text that is about to travel, and a safe way to show it in an error. */
final class Text {

    private static final int SHOWN = 60;

    private Text() {}

    /** Whether the text is 1 to {@code max} characters out of {@code A-Z a-z 0-9} and the others that are given. */
    static boolean isName(String text, int max, String others) {
        if (text.isEmpty() || text.length() > max) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean allowed = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || others.indexOf(c) >= 0;
            if (!allowed) {
                return false;
            }
        }
        return true;
    }

    /** Whether the text is 1 to {@code max} visible ASCII characters, without spaces. */
    static boolean isVisibleAscii(String text, int max) {
        if (text.isEmpty() || text.length() > max) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** Refuses text that has no UTF-8 form: a surrogate that stands alone would silently become a question mark. */
    static void requireWellFormed(String what, String text) {
        int index = loneSurrogate(text);
        if (index >= 0) {
            throw new IllegalArgumentException(what + " has a lone surrogate (U+"
                    + Integer.toHexString(text.charAt(index)).toUpperCase(java.util.Locale.ROOT) + ") at index " + index
                    + "; only well-formed Unicode can be stored");
        }
    }

    private static int loneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (!pair) {
                return i;
            }
            i++;
        }
        return -1;
    }

    /** The text in quotes, what cannot be seen or would turn a line round escaped, cut where it would flood a log. */
    static String quoted(String text) {
        StringBuilder shown = new StringBuilder("'");
        text.codePoints().limit(SHOWN).forEach(c -> {
            if (isUnprintable(c)) {
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

    private static boolean isUnprintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
