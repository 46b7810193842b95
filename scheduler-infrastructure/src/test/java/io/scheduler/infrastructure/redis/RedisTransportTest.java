package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.redisson.config.Config;
import org.redisson.config.TransportMode;

/** Runs twice: with Netty's native transport, where the machine has it, and without. */
class RedisTransportTest {

    private static final boolean NATIVE = System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64")
            && !Boolean.getBoolean("io.netty.transport.noNative");

    @Test
    void connectionsAreServedByTheirCallersWithTheNativeTransportAndByThreadsOfTheirOwnWithout() throws Exception {
        try (RedisServerProcess server = RedisServerProcess.launch(RedisBinary.embedded(), "--appendonly", "no")) {
            RedisStreamConfig config =
                    RedisStreamConfig.builder().port(server.port()).build();
            RedisConnection client = RedisConnection.own(config, "commands", 1);
            try {
                Config settings = client.client().get(30, TimeUnit.SECONDS).getConfig();

                if (NATIVE) {
                    assertThat(settings.getTransportMode()).isEqualTo(TransportMode.EPOLL);
                    assertThat(settings.getEventLoopGroup()).isInstanceOf(CallerServedLoop.Group.class);
                } else {
                    assertThat(settings.getTransportMode()).isEqualTo(TransportMode.NIO);
                    assertThat(settings.getEventLoopGroup()).isNull();
                }
            } finally {
                client.close();
            }
        }
    }
}
