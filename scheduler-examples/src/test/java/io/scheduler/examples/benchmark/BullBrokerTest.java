package io.scheduler.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where it is installed. */
@Timeout(120)
class BullBrokerTest {

    private static final int JOBS = 500;

    private final BenchmarkRedis redis = BenchmarkRedis.start();

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void everyJobIsAddedWithTheOrderAndNoneIsLeftWhenAllAreWorkedOff() throws Exception {
        try (BullBroker broker = installed();
                Broker.Queue queue = broker.open()) {
            queue.publish(JOBS);
            assertThat(jobs()).hasSize(JOBS);
            try (RespSocket socket = redis.connect()) {
                assertThat(socket.call("HGET", jobs().get(0), "data")).hasToString(new String(Sample.PAYLOAD));
            }

            queue.consume(JOBS);
            assertThat(jobs()).isEmpty();
        }
    }

    @Test
    void whatFailsThereFailsHereWithItsReason() {
        try (BullBroker broker = installed()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> broker.consumer().call("consume", JOBS))
                    .withMessageContaining("consume 500")
                    .withMessageContaining("failed: ");
        }
    }

    private BullBroker installed() {
        Optional<BullBroker> broker = BullBroker.find(redis);
        assumeTrue(broker.isPresent(), "node is not on the PATH, or finds no bullmq in NODE_PATH");
        return broker.get();
    }

    /** The keys of all jobs, which end with their numbers. */
    private List<String> jobs() throws IOException {
        try (RespSocket socket = redis.connect()) {
            return ((List<?>) socket.call("KEYS", "bull:*"))
                    .stream()
                            .map(Object::toString)
                            .filter(key -> key.matches(".*:\\d+"))
                            .toList();
        }
    }
}
