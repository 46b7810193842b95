package io.scheduler.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.infrastructure.MessageQueues;
import io.scheduler.infrastructure.redis.RedisStreamConfig;
import org.junit.jupiter.api.Test;

class HealthExampleTest {

    @Test
    void aQueueOfItsOwnIsDiagnosed() throws Exception {
        ExampleProcess process = ExampleProcess.run(HealthExample.class);

        assertThat(process.output())
                .contains("Up in", "nothing is wrong")
                .contains(
                        "Queue neglected",
                        "1 dead letters",
                        "grow, by 1 in the last hour",
                        "'There is no such address'");
        assertThat(process.exit()).isZero();
    }

    @Test
    void theQueuesOfAnyRedisAreFoundAndLeftAlone() throws Exception {
        try (ExampleRedis redis = ExampleRedis.find()) {
            RedisStreamConfig config = RedisStreamConfig.fromUri(redis.url());
            try (MessageQueue queue = MessageQueues.redis(config)) {
                queue.create(QueueName.of("idle"));
                queue.publish(QueueName.of("waiting"), Message.of(MessageType.of("note", String.class), "x"));

                ExampleProcess process = ExampleProcess.runOn(redis.url(), HealthExample.class);

                assertThat(process.output())
                        .containsSubsequence("Queue idle", "nothing is wrong", "Queue waiting", "no consumer");
                assertThat(process.exit()).isEqualTo(1);
                assertThat(queue.size(QueueName.of("waiting"))).isEqualTo(1);
            }
        }
    }

    @Test
    void aRedisThatIsDownIsSaidToBe() throws Exception {
        ExampleProcess process =
                ExampleProcess.runOn("redis://127.0.0.1:1?connectionTimeout=500ms", HealthExample.class);

        assertThat(process.output()).contains("Down in", "cannot be reached");
        assertThat(process.exit()).isEqualTo(1);
    }
}
