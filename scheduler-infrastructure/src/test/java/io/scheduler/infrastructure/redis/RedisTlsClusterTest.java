package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueRefusedException;
import io.scheduler.infrastructure.MessageQueues;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cluster whose nodes speak TLS, to clients and to each other. */
class RedisTlsClusterTest extends ThroughFailOver {

    private static final int SLOT = ClusterSlots.of("emails");
    private static final String SCHEME = "rediss-cluster://";

    private static TestCertificates certificates;

    private Optional<RedisClusterProcess> started = Optional.empty();

    @BeforeAll
    static void create() {
        certificates = TestCertificates.create()
                .sign("address", "ip:127.0.0.1")
                .sign("name", "dns:localhost")
                .sign("client", "dns:client");
    }

    @AfterAll
    static void remove() {
        certificates.close();
    }

    @BeforeEach
    void skipWhatThisMachineLacks() {
        assumeThat(RedisBinary.withTls())
                .as("a redis-server with TLS on the PATH; the one that the tests carry has none")
                .isPresent();
    }

    @AfterEach
    void stop() {
        started.ifPresent(RedisClusterProcess::close);
    }

    @Test
    void messagesTravelToAllMastersAlsoWhenASlotMovesAndAMasterDies() {
        RedisClusterProcess redis = launch(ServerTls.asking(certificates, "address"));
        RedisStreamConfigBuilder config = patient(redis.uri(SCHEME, "127.0.0.1"))
                .tls(trusting().certificate(certificates.certificate("client"), certificates.key("client")));
        try (MessageQueue queue = MessageQueues.redis(config.build())) {
            passOneEach(queue);
            redis.move(SLOT, redis.masterOf("emails"), redis.otherMaster("emails"));
            passOneEach(queue);
        }
        RedisServerProcess first = redis.masterOf("emails");
        passThroughTheDeathOf(first, config, () -> redis.awaitFailOver("emails", first));
    }

    /**
     * Also if they tell names ({@code cluster-announce-hostname}): Redisson looks those up, and goes by the address.
     */
    @Test
    void nodesNeedCertificatesThatBearTheirAddresses() {
        RedisClusterProcess redis = launch(ServerTls.showing(certificates, "name"));
        for (String announced : List.of("", "localhost")) {
            redis.onEachNode(node -> node.callOrError("CONFIG", "SET", "cluster-announce-hostname", announced));
            RedisStreamConfigBuilder config =
                    impatient(redis.uri(SCHEME, "localhost")).tls(trusting());
            try (MessageQueue queue = MessageQueues.redis(config.build())) {
                assertThatThrownBy(() -> queue.publish(EMAILS, Message.of(NOTE, "x")))
                        .isInstanceOf(QueueRefusedException.class)
                        .hasMessageContainingAll("127.0.0.1", "host name");
            }
        }
    }

    @Test
    void ifOneNodeIsConfiguredByItsNameAllMayBearThat() {
        RedisClusterProcess redis = launch(ServerTls.showing(certificates, "name"));
        String uri = SCHEME + "localhost:" + redis.nodes().get(0).publicPort();
        try (MessageQueue queue =
                MessageQueues.redis(impatient(uri).tls(trusting()).build())) {
            passOneEach(queue);
        }
    }

    private static void passOneEach(MessageQueue queue) {
        IntStream.range(0, 12)
                .mapToObj(number -> QueueName.of("queue-" + number))
                .forEach(name -> passOne(queue, name));
        passOne(queue, EMAILS);
    }

    private static void passOne(MessageQueue queue, QueueName name) {
        queue.publish(name, Message.of(NOTE, "x"));
        assertThat(queue.receive(name, 1, Duration.ofSeconds(5))).hasSize(1).allMatch(Delivery::ack);
    }

    private RedisClusterProcess launch(ServerTls tls) {
        started = Optional.of(
                RedisClusterProcess.launchWithReplicas(RedisBinary.withTls().orElseThrow(), tls));
        return started.orElseThrow();
    }

    private static RedisTls trusting() {
        return RedisTls.defaults().caFile(certificates.authority());
    }
}
