package io.scheduler.infrastructure.model;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.infrastructure.json.JacksonMessageCodec;
import io.scheduler.infrastructure.redis.RedisMessageQueue;
import io.scheduler.infrastructure.redis.RedisStreamConfig;
import io.scheduler.infrastructure.redis.ServerForModel;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisModelTest {

    private static ServerForModel server;
    private static List<MessageQueue> consumers;

    @BeforeAll
    static void start() {
        server = ServerForModel.start();
        consumers =
                Stream.generate(RedisModelTest::open).limit(Subject.CONSUMERS).toList();
    }

    @AfterAll
    static void stop() {
        consumers.forEach(MessageQueue::close);
        server.close();
    }

    @Test
    void theQueueOnRedisDoesWhatTheContractSays() {
        ModelCheck check =
                ModelCheck.of("RedisMessageQueue", () -> new RedisSubject(consumers), RedisSubject.PACE, 30, 12);

        int tooSlow = check.run();

        assumeThat(tooSlow)
                .as("sequences of %d for which this machine was too slow", check.tries())
                .isLessThanOrEqualTo(check.tries() / 2);
    }

    /** Connected before the first try, which would be late otherwise. */
    private static MessageQueue open() {
        MessageQueue queue = RedisMessageQueue.open(
                RedisStreamConfig.fromUri(server.uri()).toBuilder()
                        .lease(RedisSubject.PACE.lease())
                        .maxAttempts(RedisSubject.PACE.maxAttempts())
                        .deduplicationWindow(RedisSubject.PACE.deduplicationWindow())
                        .pollInterval(Duration.ofMillis(10))
                        .build(),
                new JacksonMessageCodec());
        queue.receive(QueueName.of("warm-up"), 1, Duration.ZERO);
        return queue;
    }
}
