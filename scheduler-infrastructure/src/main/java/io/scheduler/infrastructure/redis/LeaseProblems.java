package io.scheduler.infrastructure.redis;

import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.List;

/**
 * How it went with the leases of messages that are in a queue.
 *
 * @param looked how many messages were looked at, at both ends of the queue
 * @param again how many of them came again because a lease had ended
 * @param most how often that happened to one of them
 */
record LeaseProblems(long looked, long again, long most) {

    List<String> sentences(QueueName queue, Duration lease) {
        if (again == 0) {
            return List.of();
        }
        return List.of("Queue '" + queue + "': of " + looked + " messages that were looked at, " + again
                + " came again because their lease had ended, one of them " + most + " times; it is "
                + DurationText.of(lease) + " here: handlers take longer than the lease, or consumers died. Raise lease"
                + " above what handlers take, or renew it, which a Worker does by itself and others do with"
                + " extendLease");
    }

    /**
     * A worker renews a lease before half of it is over, and a renewal that fails has taken the timeout of a command.
     */
    static List<String> renewal(Duration lease, Duration commandTimeout) {
        if (lease.compareTo(commandTimeout.multipliedBy(2)) > 0) {
            return List.of();
        }
        return List.of("The lease of " + DurationText.of(lease) + " is too short for the commandTimeout of "
                + DurationText.of(commandTimeout) + ": where handlers take longer, one renewal that is not answered"
                + " loses the message to another consumer. Raise lease above twice the commandTimeout, or lower that");
    }
}
