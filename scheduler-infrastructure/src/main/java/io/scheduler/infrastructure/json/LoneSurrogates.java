package io.scheduler.infrastructure.json;

/**
 * Finds halves of surrogate pairs in JSON.
 *
 * <p>Java strings can hold them, UTF-8 cannot. Jackson writes one as the escape <code>&#92;ud83d</code>, which is JSON
 * by its grammar, but which other languages refuse, or read as something else. So the escapes are looked through, which
 * finds them wherever they came from: values, keys, characters, trees.
 */
final class LoneSurrogates {

    private static final int ESCAPE = "\\uXXXX".length();
    private static final int NONE = -1;

    private LoneSurrogates() {}

    /** The offset of the first escape in this JSON that is half a pair, or -1 if there is none. */
    static int firstIn(byte[] json) {
        int i = 0;
        while (i < json.length) {
            if (json[i] != '\\') {
                i++;
                continue;
            }
            int unit = unitAt(json, i);
            if (unit == NONE) {
                i += 2;
            } else if (!isSurrogate(unit)) {
                i += ESCAPE;
            } else if (Character.isHighSurrogate((char) unit) && isLowSurrogateAt(json, i + ESCAPE)) {
                i += 2 * ESCAPE;
            } else {
                return i;
            }
        }
        return NONE;
    }

    private static boolean isSurrogate(int unit) {
        return Character.isSurrogate((char) unit);
    }

    private static boolean isLowSurrogateAt(byte[] json, int offset) {
        int unit = unitAt(json, offset);
        return unit != NONE && Character.isLowSurrogate((char) unit);
    }

    /** The UTF-16 unit that an escape at this offset stands for, or -1 if there is no such escape. */
    private static int unitAt(byte[] json, int offset) {
        if (offset + ESCAPE > json.length || json[offset] != '\\' || json[offset + 1] != 'u') {
            return NONE;
        }
        int unit = 0;
        for (int i = offset + 2; i < offset + ESCAPE; i++) {
            unit = unit << 4 | Character.digit(json[i], 16);
        }
        return unit;
    }
}
