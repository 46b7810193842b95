package io.scheduler.core.queue;

import java.util.ArrayList;
import java.util.List;

/** What the counts of a queue say is wrong, each in a sentence that says what to do. */
final class QueueProblems {

    private QueueProblems() {}

    static List<String> of(QueueName queue, QueueStats stats) {
        List<String> problems = new ArrayList<>();
        if (stats.dead() > 0) {
            problems.add("Queue '" + queue + "' has " + stats.dead()
                    + " dead letters: read their reasons with deadLetters, mend the cause, and put them back with"
                    + " redrive or remove them with purgeDeadLetters");
        }
        if (stats.ready() > 0 && stats.consumers() == 0) {
            problems.add("Queue '" + queue + "' has " + stats.ready()
                    + " messages that are ready and no consumer: start one, or delete the queue");
        }
        return problems;
    }
}
