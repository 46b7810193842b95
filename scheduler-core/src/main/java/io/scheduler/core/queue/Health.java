package io.scheduler.core.queue;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * How a broker is.
 *
 * @param up whether it answered within the deadline
 * @param latency how long the answer, or the failure, took
 * @param details what the broker says of itself, such as {@code version} and {@code role}; without secrets
 * @param problems what is wrong, each in a sentence that says what to do: why the broker is down, or what about its
 *     configuration loses or delays messages
 */
public record Health(boolean up, Duration latency, Map<String, String> details, List<String> problems) {

    /** Copies the parts. */
    public Health {
        Objects.requireNonNull(latency, "latency");
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
        problems = List.copyOf(problems);
    }

    /**
     * The same with more problems.
     *
     * @param more problems that come behind those that there are
     * @return a copy
     */
    public Health withProblems(List<String> more) {
        return new Health(
                up,
                latency,
                details,
                Stream.concat(problems.stream(), more.stream()).toList());
    }

    /**
     * The health of a broker that did not answer.
     *
     * @param latency how long that took
     * @param problem why, and what to do
     * @return its health
     */
    public static Health down(Duration latency, String problem) {
        return new Health(false, latency, Map.of(), List.of(problem));
    }
}
