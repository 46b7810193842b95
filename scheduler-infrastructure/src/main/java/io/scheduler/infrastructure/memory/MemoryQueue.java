package io.scheduler.infrastructure.memory;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.QueueStats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * The state of one queue. Not thread-safe: {@link InMemoryMessageQueue} guards it, and tells it the time.
 *
 * <p>Nothing happens between calls. A delayed message whose time has come is made ready by the next call that looks, as
 * if it had happened in time: before whatever that call adds, and with its age counted from the due time.
 */
final class MemoryQueue {

    private final Queue<Entry> ready = new ArrayDeque<>();
    private final Queue<Entry> delayed =
            new PriorityQueue<>(Comparator.comparing(Entry::readyAt).thenComparing(Entry::number));
    private final SeenIds seen;
    private long added;

    MemoryQueue(Duration deduplicationWindow) {
        seen = new SeenIds(deduplicationWindow);
    }

    /** Adds a message that is in its stored form, unless its id was added within the deduplication window. */
    void add(Message message, Instant now) {
        if (!seen.add(message.id(), now)) {
            return;
        }
        promote(now);
        Instant readyAt = message.notBefore().filter(now::isBefore).orElse(now);
        (readyAt.isAfter(now) ? delayed : ready).add(new Entry(message, readyAt, added++));
    }

    /** Removes all messages that wait, keeps their ids in memory, and returns how many there were. */
    long purge() {
        long removed = (long) ready.size() + delayed.size();
        ready.clear();
        delayed.clear();
        return removed;
    }

    QueueStats stats(Instant now) {
        promote(now);
        Optional<Duration> age =
                Optional.ofNullable(ready.peek()).map(oldest -> Duration.between(oldest.readyAt(), now));
        return new QueueStats(ready.size(), delayed.size(), 0, 0, 0, age);
    }

    private void promote(Instant now) {
        while (!delayed.isEmpty() && !delayed.peek().readyAt().isAfter(now)) {
            ready.add(delayed.remove());
        }
    }

    /**
     * A message that waits.
     *
     * @param message in its stored form
     * @param readyAt when it became ready, or will
     * @param number of the message in the order of publication, so that equal times keep it
     */
    private record Entry(Message message, Instant readyAt, long number) {}
}
