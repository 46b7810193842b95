package io.scheduler.examples.benchmark;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/** A way that messages go, from one who sends to one who receives. */
interface MessagePath {

    String name();

    Role role();

    /**
     * Sends messages at a fixed rate for a while, and waits for the last of them: how many nanoseconds each took from
     * when it was due to be sent until it arrived, unless the path says otherwise.
     */
    Histogram measure(int perSecond, Duration time) throws Exception;
}
