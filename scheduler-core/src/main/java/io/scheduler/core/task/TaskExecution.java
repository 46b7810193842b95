package io.scheduler.core.task;

import io.scheduler.core.message.MessageType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The dispatcher's order to run a task once.
 *
 * @param executionId this run
 * @param taskId the task it is a run of
 * @param handler the name under which workers know the code to run
 * @param parameters what the code is given: JSON-like values, which may be nested; copied on the first level
 * @param priority larger is more urgent; 0 is normal
 * @param scheduledFor when the run was planned to begin
 * @param timeout how long the run may take, more than zero
 */
public record TaskExecution(
        String executionId,
        String taskId,
        String handler,
        Map<String, Object> parameters,
        int priority,
        Instant scheduledFor,
        Duration timeout) {

    /** The type under which these travel. */
    public static final MessageType<TaskExecution> TYPE = MessageType.of("task.execution", TaskExecution.class);

    /**
     * Checks and copies the parts.
     *
     * @throws IllegalArgumentException if a name is blank, or the timeout not more than zero
     */
    public TaskExecution {
        Required.text("executionId", executionId);
        Required.text("taskId", taskId);
        Required.text("handler", handler);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        Objects.requireNonNull(scheduledFor, "scheduledFor");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("Invalid timeout " + timeout + ": it must be more than zero");
        }
    }
}
