/**
 * What the dispatcher and the workers of a distributed task scheduler say to each other: ready-made payloads, each with
 * its {@link io.scheduler.core.message.MessageType}.
 *
 * <p>The dispatcher publishes {@link io.scheduler.core.task.TaskExecution}s and
 * {@link io.scheduler.core.task.TaskControl}s; workers answer with {@link io.scheduler.core.task.StatusUpdate}s and
 * show with {@link io.scheduler.core.task.WorkerHeartbeat}s that they live. A queue does not need them: any class can
 * be a payload.
 */
package io.scheduler.core.task;
