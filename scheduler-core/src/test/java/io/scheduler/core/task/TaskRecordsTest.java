package io.scheduler.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.scheduler.core.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskRecordsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void travelUnderStableNames() {
        assertThat(TaskExecution.TYPE).hasToString("task.execution");
        assertThat(StatusUpdate.TYPE).hasToString("task.status");
        assertThat(TaskControl.TYPE).hasToString("task.control");
        assertThat(WorkerHeartbeat.TYPE).hasToString("worker.heartbeat");
    }

    @Nested
    class AnExecution {

        @Test
        void isAPayloadLikeAnyOther() {
            TaskExecution execution = execution("run-1", "task-1", "resize", Map.of(), Duration.ofNanos(1));

            assertThat(Message.of(TaskExecution.TYPE, execution).payload(TaskExecution.TYPE))
                    .isEqualTo(execution);
        }

        @Test
        void copiesItsParametersInOrderAndAllowsNullAmongThem() {
            Map<String, Object> parameters = new LinkedHashMap<>();
            parameters.put("width", 640);
            parameters.put("comment", null);
            TaskExecution execution = execution("run-1", "task-1", "resize", parameters, Duration.ofSeconds(1));

            parameters.put("height", 480);

            assertThat(execution.parameters())
                    .isUnmodifiable()
                    .containsExactly(Map.entry("width", 640), new SimpleEntry<>("comment", null));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "\t\n"})
        void hasNoBlankName(String blank) {
            Duration timeout = Duration.ofSeconds(1);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> execution(blank, "task-1", "resize", Map.of(), timeout))
                    .withMessage("Invalid executionId: it must not be blank");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> execution("run-1", blank, "resize", Map.of(), timeout))
                    .withMessage("Invalid taskId: it must not be blank");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> execution("run-1", "task-1", blank, Map.of(), timeout))
                    .withMessage("Invalid handler: it must not be blank");
        }

        @ParameterizedTest
        @ValueSource(longs = {0, -1})
        void hasATimeoutOfMoreThanZero(long nanos) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> execution("run-1", "task-1", "resize", Map.of(), Duration.ofNanos(nanos)))
                    .withMessageStartingWith("Invalid timeout PT");
        }

        @Test
        void hasNoPartThatIsNull() {
            Duration timeout = Duration.ofSeconds(1);

            assertThatNullPointerException()
                    .isThrownBy(() -> execution(null, "task-1", "resize", Map.of(), timeout))
                    .withMessage("executionId");
            assertThatNullPointerException().isThrownBy(() -> execution("run-1", "task-1", "resize", null, timeout));
            assertThatNullPointerException().isThrownBy(() -> execution("run-1", "task-1", "resize", Map.of(), null));
            assertThatNullPointerException()
                    .isThrownBy(() -> new TaskExecution("run-1", "task-1", "resize", Map.of(), 0, null, timeout))
                    .withMessage("scheduledFor");
        }

        private TaskExecution execution(
                String executionId, String taskId, String handler, Map<String, Object> parameters, Duration timeout) {
            return new TaskExecution(executionId, taskId, handler, parameters, 0, NOON, timeout);
        }
    }

    @Nested
    class AStatusUpdate {

        @ParameterizedTest
        @ValueSource(ints = {0, 100})
        void hasAProgressFrom0To100(int progress) {
            assertThat(update("run-1", "worker-1", progress).progress()).isEqualTo(progress);
        }

        @ParameterizedTest
        @ValueSource(ints = {-1, 101})
        void hasNoProgressOutside(int progress) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> update("run-1", "worker-1", progress))
                    .withMessage("Invalid progress " + progress + ": allowed is 0 to 100");
        }

        @Test
        void hasNeitherBlankIdsNorNulls() {
            Optional<String> noDetail = Optional.empty();

            assertThatIllegalArgumentException().isThrownBy(() -> update(" ", "worker-1", 0));
            assertThatIllegalArgumentException().isThrownBy(() -> update("run-1", " ", 0));
            assertThatNullPointerException()
                    .isThrownBy(() -> new StatusUpdate("run-1", "worker-1", null, 0, noDetail, NOON))
                    .withMessage("status");
            assertThatNullPointerException()
                    .isThrownBy(() -> new StatusUpdate("run-1", "worker-1", StatusUpdate.Status.RUNNING, 0, null, NOON))
                    .withMessage("detail");
            assertThatNullPointerException()
                    .isThrownBy(
                            () -> new StatusUpdate("run-1", "worker-1", StatusUpdate.Status.RUNNING, 0, noDetail, null))
                    .withMessage("at");
        }

        private StatusUpdate update(String executionId, String workerId, int progress) {
            return new StatusUpdate(
                    executionId, workerId, StatusUpdate.Status.RUNNING, progress, Optional.of("resizing"), NOON);
        }
    }

    @Nested
    class AControl {

        @Test
        void hasNeitherABlankIdNorNulls() {
            TaskControl.Action cancel = TaskControl.Action.CANCEL;

            assertThat(new TaskControl("run-1", cancel, Optional.of("obsolete"), NOON).reason())
                    .contains("obsolete");
            assertThatIllegalArgumentException().isThrownBy(() -> new TaskControl(" ", cancel, Optional.empty(), NOON));
            assertThatNullPointerException()
                    .isThrownBy(() -> new TaskControl("run-1", null, Optional.empty(), NOON))
                    .withMessage("action");
            assertThatNullPointerException()
                    .isThrownBy(() -> new TaskControl("run-1", cancel, null, NOON))
                    .withMessage("reason");
            assertThatNullPointerException()
                    .isThrownBy(() -> new TaskControl("run-1", cancel, Optional.empty(), null))
                    .withMessage("issuedAt");
        }
    }

    @Nested
    class AHeartbeat {

        @Test
        void copiesTheRunsThatItNames() {
            List<String> running = new ArrayList<>(List.of("run-1"));
            WorkerHeartbeat heartbeat = heartbeat("worker-1", 1, running);

            running.add("run-2");

            assertThat(heartbeat.running()).containsExactly("run-1").isUnmodifiable();
        }

        @Test
        void hasACapacityOfAtLeastOne() {
            assertThat(heartbeat("worker-1", 1, List.of()).capacity()).isEqualTo(1);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> heartbeat("worker-1", 0, List.of()))
                    .withMessage("Invalid capacity 0: it must be at least 1");
        }

        @Test
        void hasNeitherABlankIdNorNulls() {
            assertThatIllegalArgumentException().isThrownBy(() -> heartbeat("", 1, List.of()));
            assertThatNullPointerException().isThrownBy(() -> heartbeat("worker-1", 1, null));
            assertThatNullPointerException()
                    .isThrownBy(() -> new WorkerHeartbeat("worker-1", null, 1, List.of(), NOON))
                    .withMessage("state");
            assertThatNullPointerException()
                    .isThrownBy(() -> new WorkerHeartbeat("worker-1", WorkerHeartbeat.State.ACTIVE, 1, List.of(), null))
                    .withMessage("at");
        }

        private WorkerHeartbeat heartbeat(String workerId, int capacity, List<String> running) {
            return new WorkerHeartbeat(workerId, WorkerHeartbeat.State.ACTIVE, capacity, running, NOON);
        }
    }
}
