package io.scheduler.examples.benchmark;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * BullMQ: added without waiting for the answer, and worked on by a {@code Worker}. The two programs take the time
 * themselves, by a clock that they share, because a line to one of them and back would be longer than the path. It
 * counts from the call of {@code add}: timers of Node.js are too coarse to hold their lateness against BullMQ.
 */
record BullPath(BullBroker broker) implements MessagePath {

    static final String NAME = "BullMQ add, Worker";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Role role() {
        return Role.REFERENCE;
    }

    @Override
    public Histogram measure(int perSecond, Duration time) {
        Histogram times = Pacer.histogram();
        try (BullBroker.Opened queue = broker.open()) {
            queue.times(perSecond, Pacer.messages(perSecond, time)).forEach(nanos -> Pacer.record(times, nanos));
        }
        return times;
    }
}
