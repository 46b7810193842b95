package io.scheduler.infrastructure.json;

import java.nio.charset.StandardCharsets;
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
    private final byte[] json;

    /** @param key consists of characters that need no escape */
    MessageField(String key) {
        this.key = key;
        this.json = ('"' + key + "\":").getBytes(StandardCharsets.US_ASCII);
    }

    String key() {
        return key;
    }

    /** The name as it stands in front of its value. Not to be changed. */
    byte[] json() {
        return json;
    }

    /** The field of that name, or null if it is none of this format. */
    static MessageField named(String key) {
        return BY_KEY.get(key);
    }
}
