package io.scheduler.core.soak;

/** Where a round is. */
enum Phase {
    /** Everything fails now and then: the broker, handlers, consumers. */
    STORM,
    /** Faults have passed, handlers succeed, and what is left is worked off. */
    CALM,
    /** Everybody goes home. */
    OVER
}
