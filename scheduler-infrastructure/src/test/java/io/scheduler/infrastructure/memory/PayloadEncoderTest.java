package io.scheduler.infrastructure.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.QueueName;
import org.junit.jupiter.api.Test;

class PayloadEncoderTest {

    private static final QueueName NOTES = QueueName.of("notes");

    private final PayloadEncoder encoder = new PayloadEncoder(new TextCodec(), 100);

    @Test
    void aValueThatChangesAfterwardsDoesNotChangeTheMessage() {
        StringBuilder value = new StringBuilder("before");
        Message stored = encoder.encode(NOTES, Message.of(MessageType.of("note", StringBuilder.class), value));

        value.replace(0, value.length(), "after");

        assertThat(stored.payload(MessageType.of("note", String.class))).isEqualTo("before");
    }

    @Test
    void everythingButTheFormOfThePayloadStays() {
        Message message = Message.builder(MessageType.of("note", String.class), "text")
                .correlationId("order-7")
                .header("traceparent", "00-1")
                .build();

        Message stored = encoder.encode(NOTES, message);

        assertThat(stored).usingRecursiveComparison().ignoringFields("payload").isEqualTo(message);
    }
}
