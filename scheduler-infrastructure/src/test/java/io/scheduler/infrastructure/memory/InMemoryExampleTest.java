package io.scheduler.infrastructure.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.infrastructure.json.JacksonPayloadCodec;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The example in the Javadoc of {@link InMemoryMessageQueue}. */
class InMemoryExampleTest {

    private static final MessageType<String> REMINDER = MessageType.of("reminder", String.class);
    private static final QueueName REMINDERS = QueueName.of("reminders");

    @Test
    void aReminderThatNobodySettlesComesAgain() {
        ManualClock clock = new ManualClock();
        MessageQueue queue = InMemoryMessageQueue.builder(new JacksonPayloadCodec(), clock)
                .lease(Duration.ofSeconds(30))
                .build();
        queue.publish(
                REMINDERS,
                Message.builder(REMINDER, "call back")
                        .notBefore(clock.instant().plus(Duration.ofHours(1)))
                        .build());

        assertThat(queue.receive(REMINDERS, 1, Duration.ZERO)).isEmpty();

        clock.advance(Duration.ofHours(1));
        Delivery first = queue.receive(REMINDERS, 1, Duration.ZERO).get(0);
        assertThat(first.message().payload(REMINDER)).isEqualTo("call back");

        clock.advance(Duration.ofSeconds(30));
        Delivery second = queue.receive(REMINDERS, 1, Duration.ZERO).get(0);
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(first.ack()).isFalse();
        assertThat(second.ack()).isTrue();
    }
}
