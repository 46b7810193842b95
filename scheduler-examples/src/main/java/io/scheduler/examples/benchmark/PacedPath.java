package io.scheduler.examples.benchmark;

import java.time.Duration;
import java.util.function.LongConsumer;
import org.HdrHistogram.Histogram;

/** A path both of whose ends are in this program, so that {@link Pacer} can send and take the time. */
interface PacedPath extends MessagePath {

    /**
     * Opens it anew, with a consumer that waits at its end.
     *
     * @param arrivals told of each message that arrived, with what {@link Open#send} gave it on its way
     */
    Open open(LongConsumer arrivals) throws Exception;

    @Override
    default Histogram measure(int perSecond, Duration time) throws Exception {
        return Pacer.measure(this, perSecond, time);
    }

    /** A way that is open. */
    interface Open extends AutoCloseable {

        /** Sends a message that carries a number; does not wait for the answer. */
        void send(long number) throws Exception;

        @Override
        void close();
    }
}
