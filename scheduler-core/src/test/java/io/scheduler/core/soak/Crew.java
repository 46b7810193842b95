package io.scheduler.core.soak;

import io.scheduler.core.queue.QueueException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The queue objects of a soak, which last from round to round unless they crash. Safe for use by several threads. */
final class Crew implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final SoakSubject subject;
    private final List<RecordingQueue> members = new ArrayList<>();
    private final List<Moment> crashes = new ArrayList<>();
    private volatile History history;
    private int opened;

    Crew(SoakSubject subject, int size) {
        this.subject = subject;
        begin();
        for (int i = 0; i < size; i++) {
            members.add(open());
        }
    }

    /** From now on what happens belongs to another history. */
    History begin() {
        history = new History(subject::now);
        return history;
    }

    synchronized RecordingQueue member(int index) {
        return members.get(index);
    }

    /** One crashes, and another one takes its place. */
    synchronized RecordingQueue crash(int index) {
        members.get(index).crash();
        crashes.add(history.now());
        members.set(index, open());
        return members.get(index);
    }

    synchronized int size() {
        return members.size();
    }

    synchronized int crashesWithin(Duration time) {
        Moment now = history.now();
        return (int) crashes.stream()
                .filter(crash -> crash.until(now).compareTo(time) < 0)
                .count();
    }

    synchronized int crashes() {
        return crashes.size();
    }

    @Override
    public synchronized void close() {
        members.forEach(RecordingQueue::close);
    }

    private RecordingQueue open() {
        int number = opened++;
        return new RecordingQueue(number, opened(number), subject.closesWithin(), () -> history);
    }

    /** A fault that keeps one from opening passes too. */
    private OpenedQueue opened(int number) {
        while (true) {
            try {
                return subject.open(number);
            } catch (QueueException e) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
