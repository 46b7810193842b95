package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueName;
import io.scheduler.infrastructure.MessageQueues;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;

/** What tests share in which another server becomes the master: queues that outlast it, and what may be lost. */
abstract class ThroughFailOver {

    static final MessageType<String> NOTE = MessageType.of("note", String.class);
    static final QueueName EMAILS = QueueName.of("emails");

    /** A queue that repeats what fails for longer than a fail-over takes. */
    static RedisStreamConfigBuilder patient(String uri) {
        return RedisStreamConfig.fromUri(uri).toBuilder()
                .connectionTimeout(Duration.ofSeconds(1))
                .commandTimeout(Duration.ofSeconds(1))
                .maxRetryAttempts(20)
                .retryDelay(Duration.ofMillis(100))
                .deduplicationWindow(Duration.ofHours(1))
                .lease(Duration.ofSeconds(2));
    }

    /** A queue that fails at once, so that one sees why. */
    static RedisStreamConfigBuilder impatient(String uri) {
        return RedisStreamConfig.fromUri(uri).toBuilder()
                .connectionTimeout(Duration.ofSeconds(20))
                .commandTimeout(Duration.ofSeconds(2))
                .maxRetryAttempts(1);
    }

    /**
     * Messages flow while the master dies, another takes over, and the old one comes back: what had been replicated
     * survives, and the queue goes on.
     */
    static void passThroughTheDeathOf(
            RedisServerProcess master, RedisStreamConfigBuilder config, Runnable awaitFailOver) {
        try (MessageQueue queue = MessageQueues.redis(config.build());
                Traffic traffic = Traffic.on(queue, EMAILS)) {
            traffic.awaitFurther(50);
            Set<String> mustSurvive = traffic.stored();
            awaitReplicated(master);
            master.kill();
            awaitFailOver.run();
            Set<String> mayBeLost = traffic.stored();
            mayBeLost.removeAll(mustSurvive);
            traffic.awaitFurther(50);

            // It comes back with what it had, and writes nothing: it is told to follow.
            master.start();
            master.awaitFollows();
            traffic.awaitFurther(50);

            traffic.stopPublishing();
            Set<String> all = traffic.stored();
            all.removeAll(mayBeLost);
            traffic.awaitDelivered(all);
            awaitEmpty(queue);
        }
    }

    static void awaitEmpty(MessageQueue queue) {
        Awaitility.await().untilAsserted(() -> assertThat(queue.size(EMAILS)).isZero());
    }

    /** A write of this connection that has reached the replica tells that all earlier ones have. */
    static void awaitReplicated(RedisServerProcess master) {
        try (RespClient client = master.client()) {
            // In a cluster, a key that this node answers for.
            client.call("SET", "{emails}:marker", "x");
            assertThat(client.number("WAIT", 1, 4_000)).isEqualTo(1);
            client.call("DEL", "{emails}:marker");
        }
    }

    static String outcome(MessageQueue queue) {
        try {
            queue.publish(EMAILS, Message.of(NOTE, "x"));
            return "done";
        } catch (QueueException e) {
            return e.getClass().getSimpleName();
        }
    }
}
