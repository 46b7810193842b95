package io.scheduler.infrastructure.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.redisson.api.stream.StreamMessageId;

/**
 * An entry that was read from a stream, with those of its fields that {@link EntryReader} looks at.
 *
 * @param id the entry's id, as Redis writes it
 * @param data the whole message as JSON
 * @param retryCount how often it was handed back, in digits
 * @param attempts how often it had been handed out before the entry was made, in digits
 */
record ReceivedEntry(String id, Optional<byte[]> data, Optional<byte[]> retryCount, Optional<byte[]> attempts) {

    static final String DATA = "data";
    static final String RETRY_COUNT = "retry_count";
    static final String ATTEMPTS = "attempts";

    /** Entries as Redisson reads them, oldest first. */
    static List<ReceivedEntry> of(Map<StreamMessageId, Map<String, byte[]>> entries) {
        List<ReceivedEntry> received = new ArrayList<>(entries.size());
        entries.forEach((id, fields) -> received.add(of(id.toString(), fields)));
        return received;
    }

    static ReceivedEntry of(String id, Map<String, byte[]> fields) {
        return new ReceivedEntry(
                id,
                Optional.ofNullable(fields.get(DATA)),
                Optional.ofNullable(fields.get(RETRY_COUNT)),
                Optional.ofNullable(fields.get(ATTEMPTS)));
    }
}
