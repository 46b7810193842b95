package io.scheduler.core.queue.contract;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageBuilder;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.message.Payload;
import io.scheduler.core.message.PayloadCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The messages that the contract publishes. Strings suffice: every codec knows their JSON form. */
final class Messages {

    private static final MessageType<String> TEXT = MessageType.of("contract.text", String.class);

    private static final PayloadCodec NONE = new PayloadCodec() {
        @Override
        public <T> byte[] encode(MessageType<T> type, T value) {
            throw new AssertionError("A payload that came out of a queue is encoded already");
        }

        @Override
        public <T> T decode(MessageType<T> type, byte[] json) {
            throw new AssertionError("A payload that came out of a queue is decoded by the adapter's own codec");
        }
    };

    private Messages() {}

    static MessageBuilder builder() {
        return Message.builder(TEXT, "hello").correlationId("order-7").header("traceparent", "00-4bf92f35-01");
    }

    static Message any() {
        return builder().build();
    }

    static List<Message> several(int count) {
        return Stream.generate(Messages::any).limit(count).toList();
    }

    static Message of(String payload) {
        return Message.of(TEXT, payload);
    }

    /** A message whose payload is encoded already, which no codec may change. */
    static Message encoded(String json) {
        return any().withPayload(Payload.encoded(json.getBytes(StandardCharsets.UTF_8), NONE));
    }

    static List<String> ids(List<Message> messages) {
        return messages.stream().map(Message::id).toList();
    }

    /** The text of a message that was received. */
    static String text(Message message) {
        return message.payload(TEXT);
    }

    /** The payload of a message that was received, as it was stored. */
    static byte[] bytes(Message message) {
        return message.payload().encode(NONE);
    }

    /** Everything that is well-formed has to come through. */
    static Stream<String> texts() {
        return Stream.of(
                "",
                " ",
                "\u0000",
                "\u001b[31m\r\n\t",
                "\"quoted\\\"",
                "größer als 1 €",
                "👩‍👩‍👧‍👦 🇪🇺 𝄞",
                "שלום, עולם",
                "\u202e\u2028\u2029\ufeff\uffff");
    }

    /** A message that uses every limit. */
    static Message full(Instant timestamp) {
        MessageBuilder builder = Message.builder(TEXT, "hello")
                .id("~".repeat(200))
                .correlationId("\u0000" + "é".repeat(199))
                .timestamp(timestamp);
        for (int i = 0; i < Message.MAX_HEADERS; i++) {
            builder.header("h".repeat(98) + (10 + i), "\u0000" + "v".repeat(Message.MAX_HEADER_LENGTH - 1));
        }
        return builder.build();
    }

    /** A string's JSON has two quotes around it. */
    static Message withEncodedSize(int bytes) {
        return of("x".repeat(bytes - 2));
    }

    /** A lone surrogate has no UTF-8 form, so no codec may encode it. */
    static Message unserializable() {
        return of("\ud800");
    }

    /** The same id, with a content that can be encoded. */
    static Message corrected(Message message) {
        return builder().id(message.id()).build();
    }
}
