package io.scheduler.infrastructure.model;

import java.time.Duration;
import java.util.Optional;

/**
 * A message to be published.
 *
 * @param id its id, which may have been used before
 * @param notBefore how far ahead its {@code notBefore} lies, if it has one; negative if that has passed
 */
record Draft(String id, Optional<Duration> notBefore) {

    @Override
    public String toString() {
        return notBefore.map(delay -> id + " not before " + delay).orElse(id);
    }
}
