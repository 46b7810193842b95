package io.scheduler.infrastructure.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.message.PayloadCodec;
import io.scheduler.core.message.PayloadException;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * Turns payloads into JSON and back with Jackson. Immutable, and safe for use by several threads.
 *
 * <p>Records, plain classes, collections, {@code java.time} and {@code Optional} work as they are. With the default
 * mapper, property names are in {@code snake_case} and in the order of their declaration; times and durations are
 * ISO-8601 strings; enums are their {@code name()}; a property that is null or an empty {@code Optional} is left out;
 * properties that the class does not know are ignored. One that the JSON lacks becomes null, an empty {@code Optional}
 * or zero, for the class's constructor to refuse. Jackson reads numbers of up to 1,000 digits, and property names of up
 * to 50,000 bytes.
 *
 * <p>With any mapper: text that has no UTF-8 form (a lone surrogate) is refused, never replaced; the JSON {@code null}
 * is refused in both directions; nothing may follow the value; the JSON never chooses a class. Errors name the type,
 * the class and the place, but show no content, nor do their causes.
 */
public final class JacksonPayloadCodec implements PayloadCodec {

    /** How deeply objects and arrays may be nested, in the default mapper. */
    public static final int MAX_NESTING_DEPTH = 200;

    /** How long a payload may be, in bytes of JSON, in the default mapper: 64 MiB. */
    public static final int MAX_DOCUMENT_LENGTH = 64 << 20;

    private final StreamReadConstraints limits;
    private final ObjectWriter writer;
    private final ObjectReader reader;
    private final SingleValue check;

    /** A codec with the default mapper. */
    public JacksonPayloadCodec() {
        this(mapperBuilder().build());
    }

    /**
     * A codec with a mapper of the caller's own. These things are up to the mapper, and to the annotations of the
     * payload classes:
     *
     * <ul>
     *   <li>What it writes, it must be able to read. All programs on a queue must agree on names and formats.
     *   <li>Raw values ({@code @JsonRawValue}, serializers that write raw) must be JSON; they are not checked.
     *   <li>A class name in JSON ({@code @JsonTypeInfo(use = Id.CLASS)}) lets a stranger choose what is instantiated.
     *       Use {@code Id.NAME} with the subtypes listed.
     * </ul>
     *
     * @param mapper the mapper; see {@link #mapperBuilder} for one to begin with
     * @throws IllegalArgumentException if default typing is active in it, or it may write what is nested more deeply
     *     than what it reads
     */
    public JacksonPayloadCodec(JsonMapper mapper) {
        refuseDefaultTyping(mapper);
        limits = mapper.tokenStreamFactory().streamReadConstraints();
        int writable = mapper.tokenStreamFactory().streamWriteConstraints().getMaxNestingDepth();
        if (writable > limits.getMaxNestingDepth()) {
            throw new IllegalArgumentException("This JsonMapper writes up to " + writable
                    + " levels of nesting but reads only " + limits.getMaxNestingDepth()
                    + ": lower its StreamWriteConstraints or raise its StreamReadConstraints");
        }
        check = new SingleValue(limits);
        writer = mapper.writer()
                .withFeatures(JsonWriteFeature.QUOTE_PROPERTY_NAMES, JsonWriteFeature.WRITE_NAN_AS_STRINGS);
        reader = mapper.reader()
                .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS) // checked here, for a clearer error
                .without(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION);
    }

    /**
     * Starts a mapper with the default settings, to be changed or extended by modules and then given to
     * {@link #JacksonPayloadCodec(JsonMapper)}.
     *
     * @return a new builder
     */
    public static JsonMapper.Builder mapperBuilder() {
        JsonFactory factory = StrictJson.factory(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_NESTING_DEPTH)
                        .maxDocumentLength(MAX_DOCUMENT_LENGTH)
                        .maxStringLength(MAX_DOCUMENT_LENGTH) // a text that was written can be read
                        .build())
                .streamWriteConstraints(StreamWriteConstraints.builder()
                        .maxNestingDepth(MAX_NESTING_DEPTH)
                        .build())
                .build();
        return JsonMapper.builder(factory)
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                // A null inside a map or a list is a value, and stays.
                .changeDefaultPropertyInclusion(
                        inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
                // A class without properties, other than an empty record, is a mistake that would lose its content.
                .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                // An OffsetDateTime keeps its offset.
                .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                // Allows no class that is named by JSON, even where an annotation asks for it.
                .polymorphicTypeValidator(
                        BasicPolymorphicTypeValidator.builder().build());
    }

    @Override
    public <T> byte[] encode(MessageType<T> type, T value) {
        byte[] json;
        try {
            json = writer.writeValueAsBytes(value);
        } catch (RuntimeException | StackOverflowError e) {
            throw new PayloadException(cannotEncode(type) + Problem.describe(e), Problem.causeOf(e));
        }
        if (isNull(json)) {
            throw new PayloadException(cannotEncode(type) + "its JSON is null");
        }
        if (limits.hasMaxDocumentLength() && json.length > limits.getMaxDocumentLength()) {
            throw new PayloadException(cannotEncode(type) + "its JSON has " + json.length + " bytes, allowed are "
                    + limits.getMaxDocumentLength());
        }
        // Only what is longer than a property name may be can have one that is too long to be read.
        if (json.length > limits.getMaxNameLength()) {
            problemIn(json).ifPresent(problem -> {
                throw new PayloadException(cannotEncode(type) + "it could not be read again: " + problem);
            });
        }
        int loneSurrogate = LoneSurrogates.firstIn(json);
        if (loneSurrogate >= 0) {
            throw new PayloadException(cannotEncode(type) + "its text has a lone surrogate, at byte " + loneSurrogate
                    + " of its JSON; only well-formed Unicode can be stored");
        }
        return json;
    }

    @Override
    public <T> T decode(MessageType<T> type, byte[] json) {
        int malformed = Utf8.firstMalformed(json);
        if (malformed >= 0) {
            throw new PayloadException(cannotDecode(type) + "it is not UTF-8, at byte " + malformed);
        }
        T value;
        boolean ended;
        try (JsonParser parser = reader.createParser(json)) {
            boolean isNull = parser.nextToken() == JsonToken.VALUE_NULL;
            value = isNull ? null : reader.forType(type.payloadClass()).readValue(parser);
            ended = parser.nextToken() == null;
        } catch (RuntimeException | StackOverflowError e) {
            throw new PayloadException(cannotDecode(type) + Problem.describe(e), Problem.causeOf(e));
        }
        if (value == null) {
            throw new PayloadException(cannotDecode(type) + "the JSON is null");
        }
        if (!ended) {
            throw new PayloadException(cannotDecode(type) + "something follows the JSON value");
        }
        return value;
    }

    /** Why these bytes are not the JSON of a payload, in words that quote nothing of them; empty if they are. */
    Optional<String> problemIn(byte[] json) {
        return check.problemIn(json);
    }

    /** What a payload's JSON is bounded by when it is read. */
    StreamReadConstraints limits() {
        return limits;
    }

    private static void refuseDefaultTyping(JsonMapper mapper) {
        refuseDefaultTyping(mapper, mapper.serializationConfig());
        refuseDefaultTyping(mapper, mapper.deserializationConfig());
    }

    private static void refuseDefaultTyping(JsonMapper mapper, MapperConfig<?> config) {
        if (config.getDefaultTyper(mapper.constructType(Object.class)) != null) {
            throw new IllegalArgumentException(
                    "This JsonMapper has default typing active, so that the JSON would choose"
                            + " the classes: build it without activateDefaultTyping");
        }
    }

    private static boolean isNull(byte[] json) {
        return json.length == 4 && json[0] == 'n';
    }

    private static String cannotEncode(MessageType<?> type) {
        return "The payload of type '" + type.name() + "' ("
                + type.payloadClass().getTypeName() + ") cannot be encoded: ";
    }

    private static String cannotDecode(MessageType<?> type) {
        return "The payload of type '" + type.name() + "' cannot be decoded into "
                + type.payloadClass().getTypeName() + ": ";
    }
}
