package io.scheduler.infrastructure.redis;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageCodec;
import io.scheduler.core.message.PayloadException;
import java.util.Optional;

/**
 * Reads messages out of the fields of entries. What the fields say holds, where {@code data} says otherwise: scripts
 * count in fields, and leave {@code data} as the publisher made it.
 */
final class EntryReader {

    private static final int MAX_DIGITS = 10;

    private final MessageCodec codec;

    EntryReader(MessageCodec codec) {
        this.codec = codec;
    }

    /**
     * The message in an entry.
     *
     * @throws PayloadException if the fields hold no message, with the reason
     */
    Message message(ReceivedEntry entry) {
        byte[] data =
                entry.data().orElseThrow(() -> new PayloadException("it has no field '" + ReceivedEntry.DATA + "'"));
        Message message = codec.decode(data);
        int retryCount = count(entry.retryCount(), ReceivedEntry.RETRY_COUNT, message.retryCount());
        return retryCount == message.retryCount() ? message : message.withRetryCount(retryCount);
    }

    /** How many times an entry's message had been handed out before the entry was made. */
    int earlierAttempts(ReceivedEntry entry) {
        return count(entry.attempts(), ReceivedEntry.ATTEMPTS, 0);
    }

    private static int count(Optional<byte[]> field, String name, int absent) {
        if (field.isEmpty()) {
            return absent;
        }
        byte[] digits = field.get();
        if (digits.length == 0 || digits.length > MAX_DIGITS) {
            throw new PayloadException("its field '" + name + "' is no number");
        }
        long count = 0;
        for (byte digit : digits) {
            if (digit < '0' || digit > '9') {
                throw new PayloadException("its field '" + name + "' is no number");
            }
            count = count * 10 + digit - '0';
        }
        if (count > Integer.MAX_VALUE) {
            throw new PayloadException("its field '" + name + "' is larger than " + Integer.MAX_VALUE);
        }
        return (int) count;
    }
}
