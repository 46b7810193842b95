package io.scheduler.examples.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A number of messages goes the whole way through a broker: first in and then out, or both at once.
 *
 * @param messages how many
 */
record WholeWork(int messages) {

    static final String PUBLISHING = "publishing";
    static final String CONSUMING = "then consuming";
    static final String BOTH = "both at once";

    /** How many messages may be without a confirmation, for those who publish one by one. */
    static final int IN_FLIGHT = 5_000;

    /** How long it may take; who waits longer waits for something that will not come. */
    static final Duration LONGEST = Duration.ofMinutes(2);

    /** One half of the work. */
    @FunctionalInterface
    private interface Half {
        void run() throws Exception;
    }

    Candidate publishing(Broker broker) {
        return new Candidate(PUBLISHING, broker.names().publishing(), broker.role(), time -> {
            try (Broker.Queue queue = broker.open()) {
                return rate(List.of(() -> queue.publish(messages)));
            }
        });
    }

    /** Publishing before is not part of the rate. */
    Candidate consuming(Broker broker) {
        return new Candidate(CONSUMING, broker.names().consuming(), broker.role(), time -> {
            try (Broker.Queue queue = broker.open()) {
                queue.publish(messages);
                return rate(List.of(() -> queue.consume(messages)));
            }
        });
    }

    Candidate both(Broker broker) {
        return new Candidate(BOTH, broker.names().both(), broker.role(), time -> {
            try (Broker.Queue queue = broker.open()) {
                return rate(List.of(() -> queue.publish(messages), () -> queue.consume(messages)));
            }
        });
    }

    /** Runs halves at once until each is done: messages per second. The first that fails ends it. */
    private double rate(List<Half> halves) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(halves.size());
        CompletionService<Boolean> ends = new ExecutorCompletionService<>(threads);
        try {
            long start = System.nanoTime();
            for (Half half : halves) {
                ends.submit(() -> {
                    half.run();
                    return true;
                });
            }
            for (int i = 0; i < halves.size(); i++) {
                Future<Boolean> end = ends.poll(LONGEST.toSeconds(), TimeUnit.SECONDS);
                if (end == null) {
                    throw new IllegalStateException(messages + " messages did not go through in " + LONGEST);
                }
                end.get();
            }
            return messages * 1e9 / (System.nanoTime() - start);
        } finally {
            threads.shutdownNow();
        }
    }
}
