package io.scheduler.core.soak;

import io.scheduler.core.queue.DeadLetter;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What is asked of a queue when the storm is over: how much is left, who is dead, and that the dead can be redriven.
 */
final class Aftermath {

    private static final int PAGE = 100;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final RecordingQueue queue;
    private final QueueName name;
    private final Moment deadline;

    /** @param deadline when everything has to be done */
    Aftermath(RecordingQueue queue, QueueName name, Moment deadline) {
        this.queue = queue;
        this.name = name;
        this.deadline = deadline;
    }

    /** Tries until it holds, or time is over. */
    boolean await(BooleanSupplier condition) {
        while (!holds(condition)) {
            if (System.nanoTime() - deadline.nanos() > 0) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }

    boolean isDrained() {
        return queue.stats(name).size() == 0;
    }

    /** What the queue says of itself; empty if it cannot. */
    Optional<QueueStats> stats() {
        try {
            return Optional.of(queue.stats(name));
        } catch (QueueException e) {
            return Optional.empty();
        }
    }

    List<DeadLetter> letters() {
        List<DeadLetter> letters = new ArrayList<>();
        String last = "";
        while (true) {
            List<DeadLetter> page = queue.deadLetters(name, last, PAGE);
            if (page.isEmpty()) {
                return letters;
            }
            letters.addAll(page);
            last = page.get(page.size() - 1).id();
        }
    }

    /** Puts all dead letters back and acknowledges them; true when there is none left. */
    boolean redriveAndComplete() {
        return await(() -> {
            queue.redrive(name, Integer.MAX_VALUE);
            List<Delivery> deliveries = queue.receive(name, PAGE, PAUSE);
            queue.ackAll(deliveries);
            QueueStats left = queue.stats(name);
            return left.size() == 0 && left.dead() == 0;
        });
    }

    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (RuntimeException e) {
            return false;
        }
    }
}
