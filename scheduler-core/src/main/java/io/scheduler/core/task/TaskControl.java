package io.scheduler.core.task;

import io.scheduler.core.message.MessageType;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The dispatcher's order about a run that has begun or is waiting.
 *
 * @param executionId the run
 * @param action what to do with it
 * @param reason why, in words
 * @param issuedAt when it was ordered, by the dispatcher's clock
 */
public record TaskControl(String executionId, Action action, Optional<String> reason, Instant issuedAt) {

    /** The type under which these travel. */
    public static final MessageType<TaskControl> TYPE = MessageType.of("task.control", TaskControl.class);

    /** What to do with a run. */
    public enum Action {
        /** End it. */
        CANCEL,
        /** Hold it until it is resumed. */
        PAUSE,
        /** Go on with it. */
        RESUME
    }

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the id is blank
     */
    public TaskControl {
        Required.text("executionId", executionId);
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(issuedAt, "issuedAt");
    }
}
