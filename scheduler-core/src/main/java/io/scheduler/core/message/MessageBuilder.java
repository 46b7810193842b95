package io.scheduler.core.message;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Builds a {@link Message} step by step; for use by one thread. Rules are checked by {@link #build}.
 *
 * <p>Unless it is told otherwise, a message has a new id, which begins with 128 random bits, the current time as its
 * timestamp, no headers, and is to be delivered at once.
 */
public final class MessageBuilder {

    private static final MessageIds ids = new MessageIds();

    private final String type;
    private final Payload payload;
    private Map<String, String> headers = Map.of();
    private Optional<String> id = Optional.empty();
    private Optional<Instant> timestamp = Optional.empty();
    private Optional<String> correlationId = Optional.empty();
    private Optional<Instant> notBefore = Optional.empty();

    MessageBuilder(String type, Payload payload) {
        this.type = type;
        this.payload = payload;
    }

    /**
     * Sets the id, for instance one derived from the business event, so that publishing the event twice stores it once.
     *
     * @param value 1 to 200 visible ASCII characters
     * @return this builder
     */
    public MessageBuilder id(String value) {
        id = Optional.of(value);
        return this;
    }

    /**
     * Sets what the message belongs to.
     *
     * @param value well-formed Unicode, 1 to 200 characters
     * @return this builder
     */
    public MessageBuilder correlationId(String value) {
        correlationId = Optional.of(value);
        return this;
    }

    /**
     * Adds a header, or replaces the one of that name.
     *
     * @param name 1 to 100 characters out of {@code A-Z a-z 0-9 . _ -}
     * @param value well-formed Unicode, at most {@value Message#MAX_HEADER_LENGTH} characters
     * @return this builder
     */
    public MessageBuilder header(String name, String value) {
        if (headers.isEmpty()) {
            headers = new LinkedHashMap<>();
        }
        headers.put(name, value);
        return this;
    }

    /**
     * Sets the earliest time of delivery, by the broker's clock. A time that has passed means at once.
     *
     * @param value the time
     * @return this builder
     */
    public MessageBuilder notBefore(Instant value) {
        notBefore = Optional.of(value);
        return this;
    }

    /**
     * Sets when the message was made; the current time is used otherwise.
     *
     * @param value the time
     * @return this builder
     */
    public MessageBuilder timestamp(Instant value) {
        timestamp = Optional.of(value);
        return this;
    }

    /**
     * Builds the message.
     *
     * @return the message
     * @throws IllegalArgumentException if a part breaks its rule; the text says which, and what is allowed
     */
    public Message build() {
        return new Message(
                id.orElseGet(() -> ids.next(System.currentTimeMillis())),
                type,
                payload,
                headers,
                timestamp.orElseGet(Instant::now),
                0,
                correlationId,
                notBefore);
    }
}
