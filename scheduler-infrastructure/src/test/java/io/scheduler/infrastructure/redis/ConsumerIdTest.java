package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConsumerIdTest {

    @Test
    void noConsumerIdIsMadeTwice() {
        assertThat(Stream.generate(ConsumerId::unique).limit(100)).doesNotHaveDuplicates();
    }

    @Test
    void aConsumerIdNamesTheProcess() {
        assertThat(ConsumerId.unique())
                .matches("[A-Za-z0-9._-]+-" + ProcessHandle.current().pid() + "-[0-9a-f]{8}");
    }

    @Test
    void aHostNameLosesWhatAConsumerIdMayNotHave() {
        assertThat(ConsumerId.sanitized("bob's{mac}.local")).isEqualTo("bob-s-mac-.local");
        assertThat(ConsumerId.sanitized("x".repeat(253))).hasSize(100);
    }
}
