package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueName;
import io.scheduler.infrastructure.MessageQueues;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.config.Config;
import org.redisson.config.ReadMode;

/** Three sentinels, a master and a replica: reads and writes go to whoever is the master. */
class RedisSentinelTest extends ThroughFailOver {

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
        try (MessageQueue queue = MessageQueues.redis(patient(redis.uri()).build())) {
            assertNothingIsReadFromTheReplica(queue);
        }
    }

    /** Redisson reads from replicas by default, so a client of the caller's most likely does. */
    @Test
    void nothingIsReadFromTheReplicaOverAClientThatPrefersReplicas() {
        Config prefersReplicas = new Config();
        prefersReplicas.setCodec(ByteArrayCodec.INSTANCE); // its own default needs a library that is not here
        prefersReplicas
                .useSentinelServers()
                .setMasterName(RedisSentinelProcesses.MASTER_NAME)
                .setCheckSentinelsList(false)
                .setReadMode(ReadMode.SLAVE)
                .setSentinelAddresses(redis.sentinelAddresses());
        RedissonClient client = Redisson.create(prefersReplicas);
        try (MessageQueue queue =
                MessageQueues.redis(client, patient(redis.uri()).build())) {
            assertNothingIsReadFromTheReplica(queue);
        } finally {
            client.shutdown();
        }
    }

    private void assertNothingIsReadFromTheReplica(MessageQueue queue) {
        queue.exists(EMAILS);
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
        assertThat(queue.receive(EMAILS, 1, Duration.ZERO)).isEmpty();
        assertThat(queue.health(EMAILS).up()).isTrue();

        for (String read :
                List.of("xreadgroup", "xlen", "xrange", "xinfo", "evalsha", "evalsha_ro", "eval", "exists")) {
            assertThat(callsToReplica(read)).as(read).isZero();
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
        RedisServerProcess second = redis.replica();
        passThroughTheDeathOf(redis.master(), patient(redis.uri()), () -> redis.awaitMaster(second));
    }

    /**
     * The old master holds the connections of reads that wait, and says nothing any more. They are sent again, long
     * before the time for a command is over. One that is interrupted then takes no message along, and one that was
     * interrupted before takes no connections.
     */
    @Test
    void readsThatWaitMoveToTheNewMasterAndStayThere() throws Exception {
        RedisServerProcess second = redis.replica();
        RedisStreamConfigBuilder config = impatient(redis.uri()).lease(Duration.ofMinutes(1));
        List<QueueName> names =
                IntStream.range(0, 4).mapToObj(i -> QueueName.of("q" + i)).toList();
        try (MessageQueue queue =
                MessageQueues.redis(config.commandTimeout(Duration.ofMinutes(1)).build())) {
            List<Thread> readers =
                    names.stream().map(name -> reader(queue, name)).toList();
            readers.forEach(Thread::start);
            await().until(() -> clients(redis.master(), "flags=b").size() == readers.size());

            redis.master().pause();
            readers.get(3).interrupt();
            redis.awaitMaster(second);
            await().until(() -> clients(second, "flags=b").size() == 3);
            readers.get(0).interrupt();
            readers.get(0).join();
            await().atMost(Duration.ofSeconds(2))
                    .until(() -> clients(second, "flags=b").size() == 2);

            try (MessageQueue another = MessageQueues.redis(patient(redis.uri()).build())) {
                another.publish(names.get(0), Message.of(NOTE, "x"));
                assertThat(another.receive(names.get(0), 1, Duration.ofSeconds(10)))
                        .hasSize(1);
            }
            List<String> waiting = clients(second, "flags=b");
            int connections = clients(second, "name=scheduler").size();
            await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
            assertThat(clients(second, "name=scheduler")).containsAll(waiting).hasSizeLessThanOrEqualTo(connections);
            readers.forEach(Thread::interrupt);
        }
    }

    private static Thread reader(MessageQueue queue, QueueName name) {
        return new Thread(() -> {
            try {
                queue.receive(name, 1, Duration.ofMinutes(1));
            } catch (QueueException interrupted) {
                // as planned
            }
        });
    }

    /** The ids of connections of which the server says this. */
    private static List<String> clients(RedisServerProcess server, String property) {
        try (RespClient client = server.client()) {
            return client.call("CLIENT", "LIST")
                    .toString()
                    .lines()
                    .filter(line -> line.contains(property))
                    .map(line -> line.split(" ")[0])
                    .toList();
        }
    }

    /** Sentinels have no password here, and would refuse one. */
    @Test
    void aPasswordThatChangesIsForTheServersAndNotForTheSentinels() {
        try (RespClient master = redis.master().client()) {
            master.call("ACL", "SETUSER", "alice", "on", ">0ld", "~*", "&*", "+@all");
            AtomicReference<RedisCredentials> source = new AtomicReference<>(RedisCredentials.of("alice", "0ld"));
            RedisStreamConfig config =
                    patient(redis.uri()).credentials(source::get).build();
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
        try (MessageQueue queue = MessageQueues.redis(patient(redis.uri()).build());
                Traffic traffic = Traffic.on(queue, EMAILS)) {
            traffic.awaitFurther(50);
            Set<String> mustSurvive = traffic.stored();
            awaitReplicated(first);
            redis.orderFailOver();
            redis.awaitMaster(second);
            first.awaitFollows();
            Set<String> mayBeLost = traffic.stored();
            mayBeLost.removeAll(mustSurvive);
            traffic.awaitFurther(50);

            traffic.stopPublishing();
            Set<String> all = traffic.stored();
            all.removeAll(mayBeLost);
            traffic.awaitDelivered(all);
        }
    }
}
