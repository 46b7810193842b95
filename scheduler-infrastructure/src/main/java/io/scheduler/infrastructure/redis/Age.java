package io.scheduler.infrastructure.redis;

import java.time.Duration;

/** How long something has lasted, as people say it: rounded down, in a unit that leaves two or three digits. */
final class Age {

    private Age() {}

    static String text(Duration age) {
        if (age.toMinutes() < 2) {
            return age.toSeconds() + " s";
        }
        if (age.toHours() < 2) {
            return age.toMinutes() + " min";
        }
        return age.toDays() < 2 ? age.toHours() + " h" : age.toDays() + " days";
    }
}
