package io.scheduler.infrastructure.redis;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the answer to an {@code XREADGROUP} of one stream while it comes in. Of the fields it keeps those that
 * {@link EntryReader} looks at.
 *
 * <p>Buffers are those of a {@link io.netty.handler.codec.ReplayingDecoder}, which leave by a signal of their own where
 * a byte is not there yet; what is called then goes on at the last checkpoint. For one thread.
 */
final class EntriesReply {

    private static final byte[] DATA = ascii(ReceivedEntry.DATA);
    private static final byte[] RETRY_COUNT = ascii(ReceivedEntry.RETRY_COUNT);
    private static final byte[] ATTEMPTS = ascii(ReceivedEntry.ATTEMPTS);

    /** What nearly all entries have for a retry count. Not to be changed. */
    private static final Optional<byte[]> ZERO = Optional.of(new byte[] {'0'});

    private static final int NOT_BEGUN = -1;

    /** In the order of the stream. */
    private List<ReceivedEntry> entries = List.of();

    /** How many entries are to come. */
    private int missing = NOT_BEGUN;

    /** Whether this is the answer, or has begun to be; an error, for example, is not. */
    boolean accepts(ByteBuf in) {
        return missing != NOT_BEGUN || "*%_".indexOf(in.getByte(in.readerIndex())) >= 0;
    }

    /** Reads on until the end. Each entry is a checkpoint. */
    void read(ByteBuf in, Runnable checkpoint) {
        if (missing == NOT_BEGUN) {
            int count = readHead(in);
            entries = new ArrayList<>(count);
            missing = count;
            checkpoint.run();
        }
        while (missing > 0) {
            readEntry(in);
            missing--;
            checkpoint.run();
        }
    }

    /** Gives what was read, and is ready for the next answer. */
    List<ReceivedEntry> take() {
        List<ReceivedEntry> read = entries;
        entries = List.of();
        missing = NOT_BEGUN;
        return read;
    }

    /** Leads to the entries of the only stream; how many there are. */
    private static int readHead(ByteBuf in) {
        byte type = in.readByte();
        int streams = type == '_' ? readNothing(in) : readCount(in);
        if (streams <= 0) {
            return 0;
        }
        if (type == '*') {
            expect(in, '*');
            readCount(in);
        }
        expect(in, '$');
        in.skipBytes(readCount(in) + 2);
        expect(in, '*');
        return readCount(in);
    }

    private static int readNothing(ByteBuf in) {
        in.skipBytes(2);
        return 0;
    }

    private void readEntry(ByteBuf in) {
        expect(in, '*');
        readCount(in);
        expect(in, '$');
        String id = new String(readBytes(in, readCount(in)), StandardCharsets.ISO_8859_1);
        expect(in, '*');
        entries.add(readFields(id, in, readCount(in)));
    }

    private static ReceivedEntry readFields(String id, ByteBuf in, int count) {
        Optional<byte[]> data = Optional.empty();
        Optional<byte[]> retryCount = Optional.empty();
        Optional<byte[]> attempts = Optional.empty();
        for (int i = 0; i < count; i += 2) {
            expect(in, '$');
            int length = readCount(in);
            int name = in.readerIndex();
            in.skipBytes(length + 2);
            expect(in, '$');
            int size = readCount(in);
            if (is(DATA, in, name, length)) {
                data = Optional.of(readBytes(in, size));
            } else if (is(RETRY_COUNT, in, name, length)) {
                retryCount = readCountField(in, size);
            } else if (is(ATTEMPTS, in, name, length)) {
                attempts = readCountField(in, size);
            } else {
                in.skipBytes(size + 2);
            }
        }
        return new ReceivedEntry(id, data, retryCount, attempts);
    }

    private static boolean is(byte[] wanted, ByteBuf in, int from, int length) {
        if (wanted.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (in.getByte(from + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static Optional<byte[]> readCountField(ByteBuf in, int size) {
        byte[] digits = readBytes(in, size);
        return size == 1 && digits[0] == '0' ? ZERO : Optional.of(digits);
    }

    /** Takes no memory for a value before it is there: a large one comes in many pieces. */
    private static byte[] readBytes(ByteBuf in, int size) {
        ByteBuf value = in.readSlice(size + 2);
        byte[] bytes = new byte[size];
        value.readBytes(bytes);
        return bytes;
    }

    /** Not more than the bytes that Redis takes for one value, half a gigabyte. */
    private static int readCount(ByteBuf in) {
        return Math.toIntExact(readNumber(in));
    }

    /** Up to the end of the line. */
    private static long readNumber(ByteBuf in) {
        long number = 0;
        byte next = in.readByte();
        boolean negative = next == '-';
        for (next = negative ? in.readByte() : next; next != '\r'; next = in.readByte()) {
            number = number * 10 + next - '0';
        }
        in.skipBytes(1);
        return negative ? -number : number;
    }

    private static void expect(ByteBuf in, char type) {
        byte found = in.readByte();
        if (found != type) {
            throw new DecoderException("Redis sent '" + (char) found + "' where '" + type + "' should be");
        }
    }

    private static byte[] ascii(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }
}
