package io.scheduler.core.task;

import java.util.Objects;

/** The one check that all task records share. */
final class Required {

    private Required() {}

    static void text(String what, String value) {
        Objects.requireNonNull(value, what);
        if (value.isBlank()) {
            throw new IllegalArgumentException("Invalid " + what + ": it must not be blank");
        }
    }
}
