package io.scheduler.core.queue.contract;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageBuilder;
import io.scheduler.core.message.MessageType;
import java.util.List;
import java.util.stream.Stream;

/** The messages that the contract publishes. Strings suffice: every codec knows their JSON form. */
final class Messages {

    private static final MessageType<String> TEXT = MessageType.of("contract.text", String.class);

    private Messages() {}

    static MessageBuilder builder() {
        return Message.builder(TEXT, "hello");
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
