package io.scheduler.core.worker;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How a worker is.
 *
 * @param state what it does
 * @param running how many handlers run now
 * @param concurrency how many may run at a time
 * @param failuresInARow how often receiving has failed since it last succeeded; 0 if the queue can be reached
 * @param lastFailure what failed last, with its time, by this machine's clock
 */
public record WorkerHealth(
        State state, int running, int concurrency, int failuresInARow, Optional<Failure> lastFailure) {

    /** What a worker does. */
    public enum State {
        /** It receives and works. */
        RUNNING,
        /** It was told to receive nothing for now. */
        PAUSED,
        /** It was told to close, and lets handlers finish. */
        CLOSING,
        /** It has ended: it was closed, or the queue object was. */
        CLOSED
    }

    /**
     * Something that went wrong.
     *
     * @param at when
     * @param cause what
     */
    public record Failure(Instant at, Throwable cause) {}

    /** Checks that nothing is missing. */
    public WorkerHealth {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(lastFailure, "lastFailure");
    }

    /**
     * Whether all is well: it runs, or was paused or closed on purpose, and the queue can be reached.
     *
     * @return false if receiving failed the last time
     */
    public boolean isHealthy() {
        return failuresInARow == 0;
    }
}
