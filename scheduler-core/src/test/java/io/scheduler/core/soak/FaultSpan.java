package io.scheduler.core.soak;

/**
 * A fault that has passed.
 *
 * @param name what went wrong
 * @param forgetsLeases whether leases may have ended by it
 * @param began before it began
 * @param ended after it had ended
 */
record FaultSpan(String name, boolean forgetsLeases, Moment began, Moment ended) {

    boolean touches(Moment from, Moment to) {
        return !ended.isBefore(from) && !to.isBefore(began);
    }
}
