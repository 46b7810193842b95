package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.queue.QueueName;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LeaseTest {

    private static final RedisKeys KEYS = RedisKeys.of(QueueName.of("q"), RedisStreamConfig.defaults());

    @Test
    void leasesAreInTheOrderOfTheirEntriesAndNotOfTheirText() {
        List<String> ascending = List.of("9-0", "10-2", "10-10", "1795457693031-0", "18446744073709551615-1");

        assertThat(Stream.of("10-10", "18446744073709551615-1", "9-0", "1795457693031-0", "10-2")
                        .map(id -> new Lease(KEYS, "me", 1, id))
                        .sorted()
                        .map(Lease::entryId))
                .isEqualTo(ascending);
    }
}
