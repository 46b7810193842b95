package io.scheduler.core.task;

import io.scheduler.core.message.MessageType;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A worker's word on how a run stands.
 *
 * @param executionId the run
 * @param workerId the worker that says so
 * @param status where the run stands
 * @param progress how much is done, from 0 to 100
 * @param detail more in words, such as why a run failed
 * @param at when this was true, by the worker's clock
 */
public record StatusUpdate(
        String executionId, String workerId, Status status, int progress, Optional<String> detail, Instant at) {

    /** The type under which these travel. */
    public static final MessageType<StatusUpdate> TYPE = MessageType.of("task.status", StatusUpdate.class);

    /** Where a run stands. */
    public enum Status {
        /** A worker has taken it. */
        STARTED,
        /** It runs. */
        RUNNING,
        /** It ended well. */
        SUCCEEDED,
        /** It ended with an error. */
        FAILED,
        /** It was cancelled before its end. */
        CANCELLED,
        /** It took longer than it was allowed to. */
        TIMED_OUT
    }

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if an id is blank, or the progress is not from 0 to 100
     */
    public StatusUpdate {
        Required.text("executionId", executionId);
        Required.text("workerId", workerId);
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(at, "at");
        if (progress < 0 || progress > 100) {
            throw new IllegalArgumentException("Invalid progress " + progress + ": allowed is 0 to 100");
        }
    }
}
