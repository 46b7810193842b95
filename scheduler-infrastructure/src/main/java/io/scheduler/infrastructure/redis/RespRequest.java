package io.scheduler.infrastructure.redis;

import java.util.List;

/**
 * A command in the form in which Redis takes it: an array of bulk strings, as in its protocol's specification
 * (redis.io/docs/latest/develop/reference/protocol-spec).
 */
final class RespRequest {

    private static final int LONGEST_COUNT = 10;

    private final byte[] bytes;
    private int length;

    private RespRequest(int capacity) {
        this.bytes = new byte[capacity];
    }

    /** The bytes of a command, of which the first part is its name. */
    static byte[] of(List<byte[]> parts) {
        int capacity = header(parts.size());
        for (byte[] part : parts) {
            capacity += header(part.length) + part.length + 2;
        }
        RespRequest request = new RespRequest(capacity);
        request.header('*', parts.size());
        for (byte[] part : parts) {
            request.header('$', part.length);
            request.add(part);
            request.endLine();
        }
        return request.bytes;
    }

    private static int header(int count) {
        return 1 + digits(count) + 2;
    }

    private static int digits(int count) {
        int digits = 1;
        for (long limit = 10; digits < LONGEST_COUNT && count >= limit; limit *= 10) {
            digits++;
        }
        return digits;
    }

    private void header(char type, int count) {
        bytes[length++] = (byte) type;
        int digits = digits(count);
        int rest = count;
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        endLine();
    }

    private void add(byte[] part) {
        System.arraycopy(part, 0, bytes, length, part.length);
        length += part.length;
    }

    private void endLine() {
        bytes[length++] = '\r';
        bytes[length++] = '\n';
    }
}
