package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scheduler.core.queue.Delivery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A consumer whose process is killed while it holds a message. */
@ParameterizedClass
@MethodSource("binaries")
class RedisConsumerDeathTest extends ConsumingOnRedis {

    /**
     * After the effect too: nobody can know that it happened. Whoever gets the message again sees the same id and the
     * next attempt.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatItHeldGoesToAnotherWithTheNextAttempt(boolean afterTheEffect) throws IOException {
        Duration lease = Duration.ofSeconds(1);
        try (RedisMessageQueue queue = open(config().lease(lease))) {
            publish(queue, 1);
            Process consumer = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-classpath",
                            System.getProperty("java.class.path"),
                            DoomedConsumer.class.getName(),
                            String.valueOf(server.port()),
                            EMAILS.value(),
                            String.valueOf(lease.toMillis()),
                            String.valueOf(afterTheEffect))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                await().atMost(Duration.ofSeconds(60)).until(() -> redis.number("EXISTS", DoomedConsumer.MARK) == 1);
                assertThat(pending()).isEqualTo(1);
            } finally {
                consumer.destroyForcibly();
            }

            List<Delivery> again = queue.receive(EMAILS, 1, LONG);

            assertThat(again).hasSize(1).allMatch(delivery -> delivery.attempt() == 2);
            String id = again.get(0).message().id();
            assertThat(redis.call("HGET", DoomedConsumer.WORK, id)).isEqualTo(afterTheEffect ? "1" : null);
            assertThat(again.get(0).ack()).isTrue();
            assertThat(redis.number("XLEN", "emails")).isZero();
        }
    }
}
