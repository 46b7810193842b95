package io.scheduler.core.queue.contract;

import java.time.Duration;

/** Waits for what happens by itself, asking again and again, and fails with the last answer. */
final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private Eventually() {}

    static void holds(Runnable assertion) {
        long start = System.nanoTime();
        while (true) {
            try {
                assertion.run();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting", e);
        }
    }
}
