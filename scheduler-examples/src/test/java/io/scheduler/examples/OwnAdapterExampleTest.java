package io.scheduler.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnAdapterExampleTest {

    @Test
    void tellsItsStoryWithoutAnyServer() throws Exception {
        ExampleProcess example = ExampleProcess.run(OwnAdapterExample.class);

        assertThat(example.output())
                .containsSubsequence(
                        "3 ready, 0 in flight, 0 dead",
                        "product: H2",
                        "attempt 1: invoice 1 to user-1@example.org",
                        "acknowledged: true; once more: false",
                        "1 ready, 0 in flight, 1 dead",
                        "attempt 1: invoice 3",
                        "0 ready, 1 in flight, 1 dead",
                        "attempt 2: invoice 3",
                        "the first one settles: false",
                        "the other one settles: true",
                        "0 ready, 0 in flight, 1 dead");
        assertThat(example.exit()).isZero();
    }
}
