package io.scheduler.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.infrastructure.redis.RedisTopology;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

class PublishingExampleTest {

    @Test
    void tellsItsStoryOnARedisOfItsOwn() throws Exception {
        ExampleProcess example = ExampleProcess.run(PublishingExample.class);

        assertThat(example.output())
                .contains("a redis-server of our own is running now")
                .containsPattern("tasks +holds 1\n +status +holds 5\n +heartbeats +holds 3\n +control +holds 1\n")
                .contains("\"title\":\"Bericht für Zoë 🚀 — تقرير — 報告\"")
                .contains("tasks went from 1 to 2 messages")
                .contains("tasks: 2 ready, 1 delayed")
                .contains("U+0020 at index 5")
                .contains("lone surrogate")
                .contains("attempt 1 of 3 failed")
                .contains("stored: status holds 6")
                .endsWith("our redis-server stops now\n");
        assertThat(example.exit()).isZero();
    }

    @Test
    void usesTheRedisThatIsNamedAndLeavesNothingThere() throws Exception {
        try (ExampleRedis named = ExampleRedis.find()) {
            String url = "redis://" + address(named);

            ExampleProcess example = ExampleProcess.runOn(url, PublishingExample.class);

            assertThat(example.output())
                    .contains("Using the Redis that REDIS_URL names")
                    .contains("Killing Redis is left out");
            assertThat(example.exit()).isZero();
            assertThat(keysAt(url)).isZero();
        }
    }

    @Test
    void explainsInTwoLinesThatNobodyAnswers() throws Exception {
        ExampleProcess example = ExampleProcess.runOn("redis://127.0.0.1:" + freePort(), PublishingExample.class);

        assertThat(example.output().lines()).hasSize(2);
        assertThat(example.output())
                .contains("cannot be reached: Connection refused")
                .contains("unset REDIS_URL");
        assertThat(example.exit()).isEqualTo(1);
    }

    private static String address(ExampleRedis redis) {
        return ((RedisTopology.Single) redis.config().topology()).address().toString();
    }

    private static long keysAt(String url) {
        Config config = new Config();
        config.setCodec(StringCodec.INSTANCE);
        config.useSingleServer().setAddress(url).setConnectionMinimumIdleSize(1).setConnectionPoolSize(1);
        RedissonClient client = Redisson.create(config);
        try {
            return client.getKeys().count();
        } finally {
            client.shutdown();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
