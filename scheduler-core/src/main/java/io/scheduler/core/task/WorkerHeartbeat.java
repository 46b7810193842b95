package io.scheduler.core.task;

import io.scheduler.core.message.MessageType;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A worker's sign of life.
 *
 * @param workerId the worker
 * @param state what it is ready for
 * @param capacity how many runs it can have at once, at least 1
 * @param running the runs that it works on now
 * @param at when it was sent, by the worker's clock
 */
public record WorkerHeartbeat(String workerId, State state, int capacity, List<String> running, Instant at) {

    /** The type under which these travel. */
    public static final MessageType<WorkerHeartbeat> TYPE = MessageType.of("worker.heartbeat", WorkerHeartbeat.class);

    /** What a worker is ready for. */
    public enum State {
        /** It takes runs. */
        ACTIVE,
        /** It was told to take no further runs for now. */
        PAUSED,
        /** It finishes what it has and then leaves. */
        DRAINING
    }

    /**
     * Checks and copies the parts.
     *
     * @throws IllegalArgumentException if the id is blank, or the capacity less than 1
     */
    public WorkerHeartbeat {
        Required.text("workerId", workerId);
        Objects.requireNonNull(state, "state");
        running = List.copyOf(running);
        Objects.requireNonNull(at, "at");
        if (capacity < 1) {
            throw new IllegalArgumentException("Invalid capacity " + capacity + ": it must be at least 1");
        }
    }
}
