package io.scheduler.core.soak;

/**
 * A fault that has passed.
 *
 * @param name what went wrong
 * @param forgetsLeases whether leases may have ended by it
 * @param goesBack whether what consumers did meanwhile may be undone
 * @param began before it began
 * @param ended after it had ended
 */
record FaultSpan(String name, boolean forgetsLeases, boolean goesBack, Moment began, Moment ended) {

    FaultSpan(Fault fault, Moment began, Moment ended) {
        this(fault.name(), fault.forgetsLeases(), fault.goesBack(), began, ended);
    }

    boolean touches(Moment from, Moment to) {
        return !ended.isBefore(from) && !to.isBefore(began);
    }
}
