package io.scheduler.examples.benchmark;

import java.util.concurrent.atomic.AtomicLong;

/** How many messages are left for consumers that share them. */
final class Countdown {

    private final AtomicLong left;

    Countdown(long messages) {
        left = new AtomicLong(messages);
    }

    /** The same step, which ends when no messages are left: it need not look for more in vain. */
    Threads.Step until(Threads.Step step) {
        return () -> {
            if (left.get() <= 0) {
                return 0;
            }
            int messages = step.messages();
            left.addAndGet(-messages);
            return messages;
        };
    }
}
