package io.scheduler.examples.benchmark;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Calls that do not block, of which so many may be under way at once: whoever starts one more waits. */
final class InFlight {

    private final int limit;
    private final Semaphore free;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    InFlight(int limit) {
        this.limit = limit;
        this.free = new Semaphore(limit);
    }

    /**
     * Starts calls until the time is over, and waits for the last of them.
     *
     * @param messages how many messages a call is
     * @return messages per second
     */
    static double rate(int limit, Duration time, int messages, Supplier<? extends CompletionStage<?>> call)
            throws InterruptedException {
        InFlight calls = new InFlight(limit);
        long start = System.nanoTime();
        long count = 0;
        do {
            calls.start(call.get());
            count += messages;
        } while (System.nanoTime() - start < time.toNanos());
        calls.awaitAll();
        return count * 1e9 / (System.nanoTime() - start);
    }

    /** Makes a number of calls, and waits for the last of them. */
    static void repeat(int limit, int count, Supplier<? extends CompletionStage<?>> call) throws InterruptedException {
        InFlight calls = new InFlight(limit);
        for (int i = 0; i < count; i++) {
            calls.start(call.get());
        }
        calls.awaitAll();
    }

    void start(CompletionStage<?> call) throws InterruptedException {
        call.whenComplete((result, error) -> {
            if (error != null) {
                failure.compareAndSet(null, error);
            }
            free.release();
        });
        free.acquire();
    }

    void awaitAll() throws InterruptedException {
        free.acquire(limit);
        free.release(limit);
        if (failure.get() != null) {
            throw new IllegalStateException("A call failed", failure.get());
        }
    }
}
