package io.scheduler.infrastructure.json;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The names in a message's JSON, in the order in which they are written. */
enum MessageField {
    MESSAGE_ID("message_id"),
    TYPE("type"),
    TIMESTAMP("timestamp"),
    RETRY_COUNT("retry_count"),
    CORRELATION_ID("correlation_id"),
    NOT_BEFORE("not_before"),
    HEADERS("headers"),
    PAYLOAD("payload");

    private static final Map<String, MessageField> BY_KEY =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(MessageField::key, Function.identity()));

    private final String key;

    MessageField(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    /** The field of that name, or null if it is none of this format. */
    static MessageField named(String key) {
        return BY_KEY.get(key);
    }
}
