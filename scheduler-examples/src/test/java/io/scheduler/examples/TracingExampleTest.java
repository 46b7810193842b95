package io.scheduler.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TracingExampleTest {

    @Test
    void oneTraceGoesThroughBothQueues() throws Exception {
        ExampleProcess example = ExampleProcess.run(TracingExample.class);

        assertThat(example.exit()).as(example.output()).isZero();
        assertThat(example.output()).contains("reserved at attempt 2").containsPattern("""
                           place order \\(internal, trace (\\w{8})…\\)
                              publish orders \\(producer, trace \\1…\\)
                                 process orders \\(consumer, trace \\1…\\) failed with java.io.IOException
                                 process orders \\(consumer, trace \\1…\\)
                                    publish emails \\(producer, trace \\1…\\)
                                       process emails \\(consumer, trace \\1…\\)
                        """.stripTrailing());
    }
}
