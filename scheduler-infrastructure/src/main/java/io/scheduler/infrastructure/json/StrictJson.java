package io.scheduler.infrastructure.json;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;

/** Makes factories for JSON by the letter of RFC 8259: in UTF-8, without a byte order mark, and with no extensions. */
final class StrictJson {

    private StrictJson() {}

    static JsonFactoryBuilder factory(StreamReadConstraints limits) {
        return JsonFactory.builder()
                // Takes "1\0" for UTF-16, and then no longer counts bytes.
                .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                .streamReadConstraints(limits);
    }
}
