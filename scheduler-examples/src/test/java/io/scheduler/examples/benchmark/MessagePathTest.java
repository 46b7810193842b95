package io.scheduler.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class MessagePathTest {

    /** Nothing is, except by a clock that is not shared. */
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Of ours, and of those brokers that are installed. */
    @Test
    void everyMessageIsTimedOnce() throws Exception {
        try (BenchmarkRedis redis = BenchmarkRedis.start();
                QueueBroker ours = QueueBroker.on(redis);
                Peers peers = Peers.find(redis)) {
            List<Broker> brokers = new ArrayList<>(peers.brokers());
            brokers.add(ours);
            for (Broker broker : brokers) {
                MessagePath path = broker.path();
                for (int i = 0; i < 2; i++) {
                    Histogram times = path.measure(200, Duration.ofMillis(500));

                    assertThat(times.getTotalCount()).as(path.name()).isEqualTo(100);
                    assertThat(times.getMinValue()).as(path.name()).isPositive();
                    assertThat(times.getMaxValue()).as(path.name()).isLessThan(LONGEST_NANOS);
                }
            }
        }
    }
}
