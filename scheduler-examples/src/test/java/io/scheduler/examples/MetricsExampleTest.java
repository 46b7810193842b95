package io.scheduler.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsExampleTest {

    @Test
    void measuresWhatTheWorkerDidAndWhatIsLeft() throws Exception {
        ExampleProcess example = ExampleProcess.run(MetricsExample.class);

        assertThat(example.exit()).as(example.output()).isZero();
        assertThat(example.output())
                .contains("100 / 4 = 25")
                .contains("scheduler.handler{outcome=failure, queue=divisions, type=division}: COUNT 2.000")
                .contains("scheduler.handler{outcome=success, queue=divisions, type=division}: COUNT 4.000")
                .contains("scheduler.messages.received{queue=divisions, type=division}: COUNT 6.000")
                .contains("scheduler.messages.retried{queue=divisions, type=division}: COUNT 1.000")
                .contains("scheduler.messages.dead{queue=divisions, type=division}: COUNT 1.000")
                .contains("scheduler.queue.dead{queue=divisions}: VALUE 1.000")
                .contains("scheduler.queue.ready{queue=divisions}: VALUE 0.000");
    }
}
