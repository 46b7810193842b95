package io.scheduler.infrastructure.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Checks UTF-8 strictly. Jackson's parser is lenient: it takes overlong forms, and does not look into what it skips.
 */
final class Utf8 {

    private static final int CHUNK = 4096;
    private static final long TOP_BITS = 0x8080808080808080L;
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private Utf8() {}

    /** The offset of the first byte that is not UTF-8, or -1 if all are. */
    static int firstMalformed(byte[] bytes) {
        int ascii = asciiPrefix(bytes);
        return ascii == bytes.length ? -1 : firstMalformed(bytes, ascii);
    }

    /** Eight bytes at a time, because nearly all that is read is ASCII from one end to the other. */
    private static int asciiPrefix(byte[] bytes) {
        int i = 0;
        while (i <= bytes.length - Long.BYTES && ((long) EIGHT_BYTES.get(bytes, i) & TOP_BITS) == 0) {
            i += Long.BYTES;
        }
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
