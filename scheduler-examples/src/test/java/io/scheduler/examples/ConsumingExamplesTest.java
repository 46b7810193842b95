package io.scheduler.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.examples.benchmark.MemoryBenchmark;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ConsumingExamplesTest {

    @Test
    void consuming() throws Exception {
        assertThat(story(ConsumingExample.class))
                .contains("5 ready, 0 in flight")
                .contains("attempt 1: \"Hello 1\" to user-1@example.org")
                .contains("in flight: 2 ready, 3 in flight")
                .contains("settled:   2 ready, 0 in flight")
                .contains("attempt 2: \"Hello 5\"")
                .contains("acknowledged: true; once more: false");
    }

    @Test
    void delays() throws Exception {
        assertThat(story(DelayExample.class))
                .contains("3 are delayed")
                .containsSubsequence("due after 1 s", "due after 2 s", "due after 3 s", "due after 3 s")
                .contains("attempt 2, retry count 1");
    }

    @Test
    void deadLetters() throws Exception {
        assertThat(story(DeadLetterExample.class))
                .contains("order 4711 after 1 attempts: The quantity is -2")
                .contains("order 4712 after 3 attempts: Handed back at the last of 3 attempts")
                .contains("order 4712, attempt 1: done, true")
                .contains("1 removed for good");
    }

    @Test
    void memory() throws Exception {
        ExampleProcess benchmark = ExampleProcess.run(MemoryBenchmark.class, 3_000);

        assertThat(benchmark.output())
                .containsPattern("all 3000 acknowledged \\| [0-9,]+ bytes")
                .contains("3000 messages");
        assertThat(benchmark.exit()).isZero();
    }

    private static String story(Class<?> example) throws IOException, InterruptedException {
        ExampleProcess process = ExampleProcess.run(example);
        assertThat(process.exit()).as(process.output()).isZero();
        return process.output();
    }
}
