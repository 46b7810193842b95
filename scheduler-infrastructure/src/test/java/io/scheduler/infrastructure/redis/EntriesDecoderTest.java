package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That our connections have the decoder, which keeps fewer fields than Redisson's, at reads of both kinds. */
class EntriesDecoderTest {

    private RedisServerProcess server;

    @BeforeEach
    void start() {
        server = RedisServerProcess.launch(RedisBinary.embedded(), "--appendonly", "no");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT10S"})
    void ourReadsGoThroughIt(Duration wait) throws Exception {
        RedisStreamConfig config =
                RedisStreamConfig.builder().port(server.port()).build();
        RedisKeys keys = RedisKeys.of(QueueName.of("emails"), config);
        RedisConnection connection = RedisConnection.own(config, "commands", 1);
        RedisConnection waits = RedisConnection.own(config, "reads that wait", 64);
        try (RespClient redis = server.client()) {
            redis.call("XGROUP", "CREATE", "emails", keys.group(), "0", "MKSTREAM");
            redis.call("XADD", "emails", "1-1", "message_id", "m", "data", "{}", "retry_count", "2");

            assertThat(new RedisStreamReader(connection, waits, config, 1).read(keys, "me", 10, wait))
                    .hasSize(1)
                    .allSatisfy((id, fields) -> {
                        assertThat(id).hasToString("1-1");
                        assertThat(fields)
                                .containsOnly(
                                        Map.entry("data", "{}".getBytes()), Map.entry("retry_count", new byte[] {'2'}));
                    });
        } finally {
            waits.close();
            connection.close();
        }
    }
}
