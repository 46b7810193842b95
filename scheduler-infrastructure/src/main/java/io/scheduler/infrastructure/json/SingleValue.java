package io.scheduler.infrastructure.json;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Checks that bytes are exactly one JSON value other than null, in UTF-8 and within limits. */
final class SingleValue {

    private final JsonFactory factory;

    SingleValue(StreamReadConstraints limits) {
        factory = StrictJson.factory(limits).build();
    }

    /** What is wrong with these bytes, in words that quote nothing of them; empty if they are as they should be. */
    Optional<String> problemIn(byte[] bytes) {
        int malformed = Utf8.firstMalformed(bytes);
        if (malformed >= 0) {
            return Optional.of("it is not UTF-8, at byte " + malformed);
        }
        try (JsonParser json = factory.createParser(ObjectReadContext.empty(), bytes)) {
            JsonToken first = json.nextToken();
            if (first == null) {
                return Optional.of("it is empty");
            }
            if (first == JsonToken.VALUE_NULL) {
                return Optional.of("it is null");
            }
            json.skipChildren();
            json.finishToken();
            return json.nextToken() == null ? Optional.empty() : Optional.of("something follows the value");
        } catch (JacksonException e) {
            return Optional.of(Problem.describe(e));
        }
    }
}
