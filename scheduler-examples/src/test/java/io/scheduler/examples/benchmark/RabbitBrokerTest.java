package io.scheduler.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.rabbitmq.client.Channel;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where it is installed. */
@Timeout(120)
class RabbitBrokerTest {

    private static final int MESSAGES = 1_250;

    @Test
    void aQueueOfEachKindHasAllThatWasConfirmedAndNothingThatWasConsumed() throws Exception {
        try (RabbitServer server = installed()) {
            for (RabbitBroker broker : server.brokers().toList()) {
                RabbitQueue queue = broker.open();
                queue.publish(MESSAGES);
                assertThat(waiting(broker, queue)).as(broker.kind().name()).isEqualTo(MESSAGES);

                queue.consume(MESSAGES);
                queue.consuming().close(); // returns to the queue what was not acknowledged
                assertThat(waiting(broker, queue)).as(broker.kind().name()).isZero();

                queue.close();
                broker.close();
            }
        }
    }

    @Test
    void nothingThatItHasStartedIsLeft() {
        RabbitServer server = installed();
        server.close();

        for (ServerProcess process : new ServerProcess[] {server.node(), server.names()}) {
            assertThatThrownBy(() -> process.awaitPort(Duration.ZERO)).isInstanceOf(UncheckedIOException.class);
            assertThat(process.folder()).doesNotExist();
        }
    }

    private static RabbitServer installed() {
        Optional<RabbitServer> server = RabbitServer.find();
        assumeTrue(server.isPresent(), "rabbitmq-server and epmd are not on the PATH");
        return server.get();
    }

    private static long waiting(RabbitBroker broker, RabbitQueue queue) throws Exception {
        try (Channel channel = broker.consumer().createChannel()) {
            return channel.messageCount(queue.name());
        }
    }
}
