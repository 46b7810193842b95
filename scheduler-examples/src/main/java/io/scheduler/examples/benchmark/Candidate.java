package io.scheduler.examples.benchmark;

import java.time.Duration;

/**
 * Something that is measured beside others.
 *
 * @param group what it is compared with
 * @param name unique in its section
 * @param load does the work for about so long
 */
record Candidate(String group, String name, Role role, Load load) {

    /** Work whose rate is measured. */
    @FunctionalInterface
    interface Load {

        /**
         * Works, and measures itself: what has to be prepared is not part of the rate.
         *
         * @param time how long to work, about
         * @return messages per second
         */
        double run(Duration time) throws Exception;
    }

    static Candidate ours(String group, String name, Load load) {
        return new Candidate(group, name, Role.OURS, load);
    }

    static Candidate reference(String group, String name, Load load) {
        return new Candidate(group, name, Role.REFERENCE, load);
    }
}
