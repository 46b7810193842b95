package io.scheduler.infrastructure.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Checks UTF-8 strictly. Jackson's parser is lenient: it takes overlong forms, and does not look into what it skips.
 */
final class Utf8 {

    private static final int CHUNK = 4096;

    private Utf8() {}

    /** The offset of the first byte that is not UTF-8, or -1 if all are. */
    static int firstMalformed(byte[] bytes) {
        int ascii = asciiPrefix(bytes);
        return ascii == bytes.length ? -1 : firstMalformed(bytes, ascii);
    }

    private static int asciiPrefix(byte[] bytes) {
        int i = 0;
        while (i < bytes.length && bytes[i] >= 0) {
            i++;
        }
        return i;
    }

    private static int firstMalformed(byte[] bytes, int from) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
        CharBuffer scratch = CharBuffer.allocate(Math.min(bytes.length, CHUNK) + 1);
        CoderResult result;
        do {
            result = decoder.decode(in, scratch.clear(), true);
        } while (result.isOverflow());
        return result.isError() ? in.position() : -1;
    }

    /** Whether the text begins with a byte order mark, which JSON should not have. */
    static boolean hasByteOrderMark(byte[] bytes) {
        return bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
    }
}
