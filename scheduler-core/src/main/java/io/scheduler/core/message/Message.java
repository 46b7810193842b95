package io.scheduler.core.message;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A message: an immutable envelope around one payload.
 *
 * <p>Make one with {@link #of} or {@link #builder}; the constructor is for codecs and adapters. Everything is checked
 * when it is built, so a message that exists can be stored. Instants lie between the years 1 and 9999.
 *
 * <p>{@code toString} shows neither the payload nor the values of headers.
 *
 * @param id what makes the message unique, and the key by which a repeated publication is recognised: 1 to 200 visible
 *     ASCII characters
 * @param type the name of its {@link MessageType}
 * @param payload its content
 * @param headers what travels beside the content, such as trace context: at most {@value #MAX_HEADERS}, in the order
 *     given; names of 1 to 100 characters out of {@code A-Z a-z 0-9 . _ -}, case-sensitive; values of well-formed
 *     Unicode up to {@value #MAX_HEADER_LENGTH} characters
 * @param timestamp when it was made, by the publisher's clock
 * @param retryCount how often a consumer has handed it back to be tried again; 0 for a new message
 * @param correlationId what it belongs to, such as an order or a request: well-formed Unicode, 1 to 200 characters
 * @param notBefore the earliest time of its delivery, by the broker's clock; empty means at once
 */
public record Message(
        String id,
        String type,
        Payload payload,
        Map<String, String> headers,
        Instant timestamp,
        int retryCount,
        Optional<String> correlationId,
        Optional<Instant> notBefore) {

    /** How many headers a message may have. */
    public static final int MAX_HEADERS = 64;

    /** How long a header's value may be, in {@code char}s. */
    public static final int MAX_HEADER_LENGTH = 8192;

    private static final int MAX_ID = 200;
    private static final int MAX_HEADER_NAME = 100;
    private static final int MAX_CORRELATION_ID = 200;
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    /**
     * Checks and copies every part.
     *
     * @throws IllegalArgumentException if a part breaks its rule; the text says which, and what is allowed
     */
    public Message {
        Objects.requireNonNull(id, "id");
        MessageType.requireValidName(type);
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(headers, "headers");
        Objects.requireNonNull(correlationId, "correlationId");
        Objects.requireNonNull(notBefore, "notBefore");
        if (!Text.isVisibleAscii(id, MAX_ID)) {
            throw new IllegalArgumentException("Invalid message id " + Text.quoted(id)
                    + ": allowed are 1 to 200 visible ASCII characters, without spaces");
        }
        headers = checkedHeaders(headers);
        requireInRange("timestamp", timestamp);
        notBefore.ifPresent(instant -> requireInRange("notBefore", instant));
        if (retryCount < 0) {
            throw new IllegalArgumentException("Invalid retryCount " + retryCount + ": it cannot be negative");
        }
        correlationId.ifPresent(Message::requireValidCorrelationId);
    }

    /**
     * A message with a new id, made now, to be delivered at once.
     *
     * @param type its type
     * @param payload its content
     * @param <T> the payload's Java type
     * @return the message
     */
    public static <T> Message of(MessageType<T> type, T payload) {
        return builder(type, payload).build();
    }

    /**
     * Starts a message with more than a type and a payload.
     *
     * @param type its type
     * @param payload its content
     * @param <T> the payload's Java type
     * @return a builder, for use by one thread
     */
    public static <T> MessageBuilder builder(MessageType<T> type, T payload) {
        return new MessageBuilder(type.name(), Payload.of(type, payload));
    }

    /**
     * The payload as a value of the given type, decoded now and on each call.
     *
     * @param wanted the type that the caller expects; its name must be this message's
     * @param <T> the payload's Java type
     * @return the value, never null
     * @throws PayloadException if this message is of another type, or its payload cannot be decoded
     */
    public <T> T payload(MessageType<T> wanted) {
        if (!type.equals(wanted.name())) {
            throw new PayloadException("Message " + id + " is of type '" + type + "', not '" + wanted.name() + "'");
        }
        try {
            return payload.decode(wanted);
        } catch (PayloadException e) {
            throw new PayloadException(
                    "Message " + id + " of type '" + type + "' cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * This message with another payload, everything else alike: for adapters that replace a value by its encoded form.
     *
     * @param replacement the other payload
     * @return a copy
     */
    public Message withPayload(Payload replacement) {
        return new Message(id, type, replacement, headers, timestamp, retryCount, correlationId, notBefore);
    }

    /**
     * This message with another retry count, everything else alike: for adapters, which count.
     *
     * @param count how often a consumer has handed it back
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    public Message withRetryCount(int count) {
        return new Message(id, type, payload, headers, timestamp, count, correlationId, notBefore);
    }

    /** Describes the message without its payload and without the values of its headers. */
    @Override
    public String toString() {
        return "Message[id=" + id + ", type=" + type + ", payload=" + payload + ", headers=" + headers.keySet()
                + ", timestamp=" + timestamp + ", retryCount=" + retryCount
                + correlationId.map(c -> ", correlationId=" + Text.quoted(c)).orElse("")
                + notBefore.map(n -> ", notBefore=" + n).orElse("") + "]";
    }

    private static Map<String, String> checkedHeaders(Map<String, String> headers) {
        if (headers.isEmpty()) {
            return Map.of();
        }
        if (headers.size() > MAX_HEADERS) {
            throw new IllegalArgumentException(
                    "Too many headers: " + headers.size() + ", allowed are at most " + MAX_HEADERS);
        }
        Map<String, String> copy = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            requireValidHeader(name, value);
            copy.put(name, value);
        });
        return Collections.unmodifiableMap(copy);
    }

    private static void requireValidHeader(String name, String value) {
        Objects.requireNonNull(name, "header name");
        if (!Text.isName(name, MAX_HEADER_NAME, "._-")) {
            throw new IllegalArgumentException("Invalid header name " + Text.quoted(name)
                    + ": allowed are 1 to 100 characters out of A-Z a-z 0-9 . _ -");
        }
        Objects.requireNonNull(value, () -> "value of header '" + name + "'");
        if (value.length() > MAX_HEADER_LENGTH) {
            throw new IllegalArgumentException("The value of header '" + name + "' has " + value.length()
                    + " characters; allowed are at most " + MAX_HEADER_LENGTH);
        }
        Text.requireWellFormed("The value of header '" + name + "'", value);
    }

    private static void requireInRange(String what, Instant instant) {
        Objects.requireNonNull(instant, what);
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw new IllegalArgumentException(
                    "Invalid " + what + " " + instant + ": allowed are instants from year 1 to year 9999");
        }
    }

    private static void requireValidCorrelationId(String correlationId) {
        if (correlationId.isEmpty() || correlationId.length() > MAX_CORRELATION_ID) {
            throw new IllegalArgumentException("Invalid correlationId of " + correlationId.length()
                    + " characters: allowed are 1 to " + MAX_CORRELATION_ID);
        }
        Text.requireWellFormed("The correlationId", correlationId);
    }
}
