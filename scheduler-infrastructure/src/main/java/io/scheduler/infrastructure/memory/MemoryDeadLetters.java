package io.scheduler.infrastructure.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.PayloadCodec;
import io.scheduler.core.queue.DeadLetter;
import io.scheduler.core.queue.QueueName;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The dead letters of one queue, those that died first coming first. Guarded by the broker's lock. */
final class MemoryDeadLetters {

    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");
    private static final int MAX_REASON = 1000;

    private final QueueName queue;
    private final NavigableMap<Long, Dead> letters = new TreeMap<>();

    MemoryDeadLetters(QueueName queue) {
        this.queue = queue;
    }

    /**
     * The place that an id stands for.
     *
     * @throws IllegalArgumentException if it is no id of a dead letter
     */
    static long place(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "Invalid dead letter id '" + id + "': allowed is the id() of a DeadLetter, such as 42");
        }
        return Long.parseLong(id);
    }

    /** Takes a message in at a place behind all others. */
    void bury(long place, Entry entry, int attempts, String reason, Instant now) {
        String shown = reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + "…";
        letters.put(place, new Dead(entry, attempts, shown, now));
    }

    /** Those behind a place; the codec only hands out the bytes that it made before. */
    List<DeadLetter> list(long afterPlace, int max, PayloadCodec codec) {
        return letters.tailMap(afterPlace, false).entrySet().stream()
                .limit(max)
                .map(letter -> letter.getValue().toLetter(letter.getKey(), queue, codec))
                .toList();
    }

    /** Takes out those that died first. */
    List<Entry> take(int max) {
        return take(letters.keySet().stream().limit(max).toList());
    }

    /** Takes out those at certain places, in that order, and passes over what is not there. */
    List<Entry> take(Collection<Long> places) {
        return places.stream()
                .map(letters::remove)
                .filter(Objects::nonNull)
                .map(Dead::entry)
                .toList();
    }

    /** Removes all and returns how many there were. */
    long clear() {
        long removed = letters.size();
        letters.clear();
        return removed;
    }

    int size() {
        return letters.size();
    }

    private record Dead(Entry entry, int attempts, String reason, Instant diedAt) {

        /** Each letter has arrays of its own. */
        DeadLetter toLetter(long place, QueueName queue, PayloadCodec codec) {
            Message message = entry.message();
            Map<String, byte[]> fields = new LinkedHashMap<>();
            fields.put("message_id", message.id().getBytes(UTF_8));
            fields.put("type", message.type().getBytes(UTF_8));
            fields.put("payload", message.payload().encode(codec));
            return new DeadLetter(Long.toString(place), queue, reason, diedAt, attempts, Optional.of(message), fields);
        }
    }
}
