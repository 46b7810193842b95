package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.message.EncodedMessage;
import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageCodec;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.message.PayloadCodec;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.infrastructure.json.JacksonMessageCodec;
import io.scheduler.infrastructure.json.JacksonPayloadCodec;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A codec of the user's, which may do what it likes. */
class RedisCodecTest {

    private static final QueueName NOTES = QueueName.of("notes");
    private static final MessageType<String> NOTE = MessageType.of("note", String.class);

    /** It would wait for itself if it ran on the thread that serves the connection. */
    @Test
    void aCodecMayCallTheQueue() {
        try (RedisServerProcess server = RedisServerProcess.launch(RedisBinary.embedded(), "--appendonly", "no")) {
            RedisStreamConfig config =
                    RedisStreamConfig.builder().port(server.port()).build();
            AskingCodec codec = new AskingCodec();
            try (MessageQueue queue = RedisMessageQueue.open(config, codec)) {
                codec.asked = queue;
                for (int i = 0; i < 10; i++) {
                    queue.publish(NOTES, Message.of(NOTE, "x"));
                    queue.publishAsync(NOTES, Message.of(NOTE, "x")).join();
                    queue.receive(NOTES, 1, Duration.ofSeconds(30)).forEach(delivery -> delivery.reject("no good"));
                    assertThat(queue.deadLetters(NOTES, 1)).hasSize(1);
                }
            }
        }
    }

    private static final class AskingCodec implements MessageCodec {

        private final MessageCodec json = new JacksonMessageCodec(new JacksonPayloadCodec());
        private MessageQueue asked;

        @Override
        public EncodedMessage encode(Message message) {
            asked.size(NOTES);
            return json.encode(message);
        }

        @Override
        public Message decode(byte[] bytes) {
            asked.size(NOTES);
            return json.decode(bytes);
        }

        @Override
        public PayloadCodec payloadCodec() {
            return json.payloadCodec();
        }
    }
}
