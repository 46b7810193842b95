package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueRefusedException;
import io.scheduler.core.queue.QueueUnavailableException;
import io.scheduler.infrastructure.MessageQueues;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A master, a replica and three sentinels that speak TLS, to clients and to each other. */
class RedisTlsSentinelTest extends ThroughFailOver {

    private static final String SCHEME = "rediss-sentinel://";

    private static TestCertificates certificates;

    private Optional<RedisSentinelProcesses> started = Optional.empty();

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
        started.ifPresent(RedisSentinelProcesses::close);
    }

    @Test
    void messagesTravelAlsoWhenTheMasterDies() {
        RedisSentinelProcesses redis = launch(ServerTls.asking(certificates, "address"), "127.0.0.1");
        RedisStreamConfigBuilder config = patient(redis.uri(SCHEME, "127.0.0.1"))
                .tls(trusting().certificate(certificates.certificate("client"), certificates.key("client")));
        RedisServerProcess second = redis.replica();
        passThroughTheDeathOf(redis.master(), config, () -> redis.awaitMaster(second));
    }

    @Test
    void sentinelsThatTellNamesLeadToCertificatesThatBearThem() {
        RedisSentinelProcesses redis = launch(ServerTls.showing(certificates, "name"), "localhost");
        RedisServerProcess second = redis.replica();
        passThroughTheDeathOf(
                redis.master(),
                patient(redis.uri(SCHEME, "localhost")).tls(trusting()),
                () -> redis.awaitMaster(second));
    }

    /** The sentinels are found by their name; what they tell of the master is an address. */
    @Test
    void sentinelsThatTellAddressesNeedCertificatesThatBearThem() {
        RedisSentinelProcesses redis = launch(ServerTls.showing(certificates, "name"), "127.0.0.1");
        assertNothingIsDone(redis.uri(SCHEME, "localhost"), "127.0.0.1");
    }

    /** Redisson keeps to itself what the sentinels said. */
    @Test
    void sentinelsThatAskForACertificateLetNobodyInWithoutOne() {
        RedisSentinelProcesses redis = launch(ServerTls.asking(certificates, "address"), "127.0.0.1");
        assertNothingIsDone(redis.uri(SCHEME, "127.0.0.1"), "(TLS) cannot be reached");
    }

    private static void assertNothingIsDone(String uri, String word) {
        try (MessageQueue queue =
                MessageQueues.redis(impatient(uri).tls(trusting()).build())) {
            assertThatThrownBy(() -> queue.publish(EMAILS, Message.of(NOTE, "x")))
                    .isInstanceOfAny(QueueRefusedException.class, QueueUnavailableException.class)
                    .hasMessageContaining(word);
        }
    }

    private RedisSentinelProcesses launch(ServerTls tls, String host) {
        started =
                Optional.of(RedisSentinelProcesses.launch(RedisBinary.withTls().orElseThrow(), tls, host));
        return started.orElseThrow();
    }

    private static RedisTls trusting() {
        return RedisTls.defaults().caFile(certificates.authority());
    }
}
