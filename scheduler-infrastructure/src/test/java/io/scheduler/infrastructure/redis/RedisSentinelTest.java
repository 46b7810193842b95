package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.infrastructure.MessageQueues;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three sentinels, a master and a replica: reads and writes go to whoever is the master. */
class RedisSentinelTest {

    private static final MessageType<String> NOTE = MessageType.of("note", String.class);
    private static final QueueName EMAILS = QueueName.of("emails");

    private RedisSentinelProcesses redis;

    @BeforeEach
    void start() {
        redis = RedisSentinelProcesses.launch(RedisBinary.embedded());
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void nothingIsReadFromTheReplica() {
        try (MessageQueue queue = MessageQueues.redis(config())) {
            try (RespClient replica = redis.replica().client()) {
                replica.call("CONFIG", "RESETSTAT");
            }
            for (int i = 0; i < 20; i++) {
                queue.publish(EMAILS, Message.of(NOTE, "x"));
            }
            queue.receive(EMAILS, 20, Duration.ofSeconds(5))
                    .forEach(delivery -> assertThat(delivery.reject("no")).isTrue());
            assertThat(queue.stats(EMAILS).dead()).isEqualTo(20);
            assertThat(queue.deadLetters(EMAILS, 20)).hasSize(20);
            assertThat(queue.receive(EMAILS, 1, Duration.ofMillis(100))).isEmpty();
            assertThat(queue.health().up()).isTrue();

            for (String read : List.of("xreadgroup", "xlen", "xrange", "xinfo", "evalsha", "eval", "exists")) {
                assertThat(callsToReplica(read)).as(read).isZero();
            }
        }
    }

    /** How often clients have sent it there; what its master replicates is counted too, but no reads are replicated. */
    private int callsToReplica(String command) {
        try (RespClient replica = redis.replica().client()) {
            Matcher stat = Pattern.compile("cmdstat_" + command + "(?:\\|\\w+)?:calls=(\\d+)")
                    .matcher((String) replica.call("INFO", "commandstats"));
            return stat.find() ? Integer.parseInt(stat.group(1)) : 0;
        }
    }

    @Test
    void whatWasReplicatedSurvivesTheMasterAndNothingIsRestarted() {
        RedisServerProcess first = redis.master();
        RedisServerProcess second = redis.replica();
        try (MessageQueue queue = MessageQueues.redis(config());
                Traffic traffic = Traffic.on(queue, EMAILS)) {
            traffic.awaitFurther(50);
            Set<String> mustSurvive = traffic.stored();
            awaitReplicated(first);
            first.kill();
            redis.awaitMaster(second);
            Set<String> mayBeLost = traffic.stored();
            mayBeLost.removeAll(mustSurvive);
            traffic.awaitFurther(50);

            // The old master comes back with what it had, and writes nothing: it is told to follow.
            first.start();
            redis.awaitReplica(first);
            traffic.awaitFurther(50);

            traffic.stopPublishing();
            Set<String> all = traffic.stored();
            all.removeAll(mayBeLost);
            traffic.awaitDelivered(all);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(queue.size(EMAILS)).isZero());
        }
    }

    /** Sentinels have no password here, and would refuse one. */
    @Test
    void aPasswordThatChangesIsForTheServersAndNotForTheSentinels() {
        try (RespClient master = redis.master().client()) {
            master.call("ACL", "SETUSER", "alice", "on", ">0ld", "~*", "&*", "+@all");
            AtomicReference<RedisCredentials> source = new AtomicReference<>(RedisCredentials.of("alice", "0ld"));
            RedisStreamConfig config =
                    config().toBuilder().credentials(source::get).build();
            try (MessageQueue queue = MessageQueues.redis(config)) {
                queue.publish(EMAILS, Message.of(NOTE, "x"));
                master.call("ACL", "SETUSER", "bob", "on", ">n3w", "~*", "&*", "+@all");
                source.set(RedisCredentials.of("bob", "n3w"));
                master.call("ACL", "DELUSER", "alice");

                queue.publish(EMAILS, Message.of(NOTE, "x"));
                assertThat(queue.receive(EMAILS, 10, Duration.ofSeconds(5))).hasSize(2);
                assertThat((String) master.call("CLIENT", "LIST")).contains("user=bob");
            }
        }
    }

    /** The master is alive and becomes a replica: who writes to it is told READONLY, or loses the connection. */
    @Test
    void aFailOverThatSomebodyOrdersLosesNothing() {
        RedisServerProcess first = redis.master();
        RedisServerProcess second = redis.replica();
        try (MessageQueue queue = MessageQueues.redis(config());
                Traffic traffic = Traffic.on(queue, EMAILS)) {
            traffic.awaitFurther(50);
            Set<String> mustSurvive = traffic.stored();
            awaitReplicated(first);
            redis.orderFailOver();
            redis.awaitMaster(second);
            redis.awaitReplica(first);
            Set<String> mayBeLost = traffic.stored();
            mayBeLost.removeAll(mustSurvive);
            traffic.awaitFurther(50);

            traffic.stopPublishing();
            Set<String> all = traffic.stored();
            all.removeAll(mayBeLost);
            traffic.awaitDelivered(all);
        }
    }

    /** A write of this connection that has reached the replica tells that all earlier ones have. */
    private static void awaitReplicated(RedisServerProcess master) {
        try (RespClient client = master.client()) {
            client.call("SET", "marker", "x");
            assertThat(client.number("WAIT", 1, 4_000)).isEqualTo(1);
        }
    }

    private RedisStreamConfig config() {
        return RedisStreamConfig.fromUri(redis.uri()).toBuilder()
                .connectionTimeout(Duration.ofSeconds(1))
                .commandTimeout(Duration.ofSeconds(1))
                .maxRetryAttempts(20)
                .retryDelay(Duration.ofMillis(100))
                .deduplicationWindow(Duration.ofHours(1))
                .lease(Duration.ofSeconds(2))
                .build();
    }
}
