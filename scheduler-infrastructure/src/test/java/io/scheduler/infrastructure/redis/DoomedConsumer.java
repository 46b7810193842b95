package io.scheduler.infrastructure.redis;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.QueueName;
import io.scheduler.infrastructure.json.JacksonMessageCodec;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A consumer in a process of its own, to be killed: it takes one message, does its work if told to, says so in Redis,
 * and never gets to acknowledge.
 */
final class DoomedConsumer {

    /** Set when it may be killed. */
    static final String MARK = "doomed-consumer-holds";

    /** How often the work was done. */
    static final String WORK = "work-done";

    private DoomedConsumer() {}

    /** @param args the port, the queue, the lease in milliseconds, and whether to do the work */
    public static void main(String[] args) throws InterruptedException {
        int port = Integer.parseInt(args[0]);
        RedisStreamConfig config = RedisStreamConfig.builder()
                .port(port)
                .lease(Duration.ofMillis(Long.parseLong(args[2])))
                .build();
        RedisMessageQueue queue = RedisMessageQueue.open(config, new JacksonMessageCodec());
        Delivery delivery =
                queue.receive(QueueName.of(args[1]), 1, Duration.ofSeconds(30)).get(0);
        try (RespClient redis = RespClient.connect(RedisServerProcess.HOST, port)) {
            if (Boolean.parseBoolean(args[3])) {
                redis.call("HINCRBY", WORK, delivery.message().id(), 1);
            }
            redis.call("SET", MARK, "1");
        }
        TimeUnit.MINUTES.sleep(10);
    }
}
