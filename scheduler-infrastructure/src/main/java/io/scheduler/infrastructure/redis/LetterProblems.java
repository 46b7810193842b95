package io.scheduler.infrastructure.redis;

import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.List;

/**
 * What the dead letters of a queue tell, beyond their count.
 *
 * @param recent how many of the last hour were counted
 * @param more whether there may be more of the last hour
 * @param span how old the oldest is that was counted
 * @param youngest how old the youngest is; negative if there is none
 * @param reason why that died
 * @param oldest how old the oldest is
 */
record LetterProblems(long recent, boolean more, Duration span, Duration youngest, String reason, Duration oldest) {

    private static final String LEASE_ENDED = "Not settled within its lease";

    List<String> sentences(QueueName queue) {
        if (youngest.isNegative()) {
            return List.of();
        }
        return List.of("Queue '" + queue + "': " + growth() + ". The oldest is " + Age.text(oldest)
                + " old, the youngest " + Age.text(youngest) + " and says " + Allowed.quoted(reason) + ": "
                + (reason.startsWith(LEASE_ENDED)
                        ? "its consumers died of it, or take longer than the lease; raise lease or call extendLease"
                        : "mend that before they are redriven"));
    }

    private String growth() {
        if (recent == 0) {
            return "its dead letters have not grown in the last hour";
        }
        return more
                ? "its dead letters grow, by " + recent + " or more in the last " + Age.text(span.plusSeconds(1))
                : "its dead letters grow, by " + recent + " in the last hour";
    }
}
