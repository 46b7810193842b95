package io.scheduler.infrastructure.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.api.RBatch;
import org.redisson.api.RFuture;

/** That our connections have the decoder, which keeps fewer fields than Redisson's, at reads of both kinds. */
class EntriesDecoderTest {

    private RedisServerProcess server;
    private RedisKeys keys;
    private RedisConnection commands;
    private RedisConnection waits;
    private Deadlines deadlines;
    private RedisStreamReader reader;

    @BeforeEach
    void start() {
        server = RedisServerProcess.launch(RedisBinary.embedded(), "--appendonly", "no");
        RedisStreamConfig config =
                RedisStreamConfig.builder().port(server.port()).build();
        keys = RedisKeys.of(QueueName.of("emails"), config);
        commands = RedisConnection.own(config, "commands", 1);
        waits = RedisConnection.own(config, "reads that wait", 64);
        deadlines = new Deadlines();
        reader = new RedisStreamReader(
                commands, waits, Optional.of(new WaitingReads(deadlines, config)), config, deadlines, 1);
    }

    @AfterEach
    void stop() {
        waits.close();
        commands.close();
        deadlines.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT10S"})
    void ourReadsGoThroughIt(Duration wait) throws Exception {
        try (RespClient redis = server.client()) {
            fill(redis, 2);

            List<ReceivedEntry> entries = reader.read(keys, "me", 10, wait);

            assertThat(entries).extracting(ReceivedEntry::id).containsExactly("1-1", "2-1");
            assertThat(entries).extracting(entry -> entry.data().orElseThrow()).containsOnly("{}".getBytes(UTF_8));
            // Redisson would make an array for each.
            assertThat(entries.get(0).retryCount()).hasValue("0".getBytes(UTF_8));
            assertThat(entries.get(0).retryCount()).isSameAs(entries.get(1).retryCount());
        }
    }

    /** As a read that a cluster redirects does. */
    @Test
    void batchesThatComeBetweenAreRedissons() throws Exception {
        try (RespClient redis = server.client()) {
            fill(redis, 3);
            for (int i = 1; i <= 3; i++) {
                assertThat(reader.read(keys, "me", 1, Duration.ZERO)).hasSize(1);

                RBatch batch = commands.client().join().createBatch();
                RFuture<Long> length = batch.getStream("emails").sizeAsync();
                RFuture<Boolean> exists = batch.getBucket("nothing").isExistsAsync();

                assertThat(batch.execute().getResponses()).hasSize(2);
                assertThat(length.toCompletableFuture()).isCompletedWithValue(3L);
                assertThat(exists.toCompletableFuture()).isCompletedWithValue(false);
            }
        }
    }

    private void fill(RespClient redis, int count) {
        redis.call("XGROUP", "CREATE", "emails", keys.group(), "0", "MKSTREAM");
        for (int i = 1; i <= count; i++) {
            redis.call("XADD", "emails", i + "-1", "message_id", "m", "data", "{}", "retry_count", "0");
        }
    }
}
