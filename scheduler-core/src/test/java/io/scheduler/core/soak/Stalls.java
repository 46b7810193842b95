package io.scheduler.core.soak;

import java.time.Duration;

/** How long this process stood still, so that no call is blamed for it. */
@FunctionalInterface
interface Stalls {

    Duration between(Moment from, Moment to);
}
