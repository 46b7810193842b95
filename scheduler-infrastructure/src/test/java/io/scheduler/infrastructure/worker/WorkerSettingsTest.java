package io.scheduler.infrastructure.worker;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.scheduler.core.worker.Worker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a worker refuses to start with. */
class WorkerSettingsTest extends WorkingInMemory {

    @Test
    void whatIsMissingOrOutOfRangeIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(Worker.on(queue).handle(NOTE, note -> {})::start)
                .withMessageContaining("queue(");
        assertThatIllegalStateException().isThrownBy(worker()::start).withMessageContaining("handle(");
        assertThatIllegalArgumentException().isThrownBy(() -> worker().concurrency(0));
        assertThatIllegalArgumentException().isThrownBy(() -> worker().prefetch(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> worker().queue(NOTES, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> worker().handleBatch(NOTE, 0, batch -> {}));
        assertThatIllegalArgumentException().isThrownBy(() -> worker().handlerTimeout(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> worker().handle(NOTE, note -> {}).handle(NOTE, note -> {}))
                .withMessageContaining("'note'");
    }
}
