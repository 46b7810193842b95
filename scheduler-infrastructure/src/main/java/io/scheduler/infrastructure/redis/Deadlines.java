package io.scheduler.infrastructure.redis;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends calls that get no answer in time. For those that go through Redisson's executor it should do so, earlier; this
 * holds whatever happens to it.
 *
 * <p>A wheel that turns ten times a second, because {@link CompletableFuture#orTimeout} wakes its thread for each call
 * that has no other before it: a context switch for every lone publication. Its thread lives until {@link #close}. Safe
 * for use by several threads.
 */
final class Deadlines {

    private static final long TICK_MILLIS = 100;

    private final HashedWheelTimer wheel = new HashedWheelTimer(
            new DefaultThreadFactory("scheduler-redis-deadlines", true), TICK_MILLIS, TimeUnit.MILLISECONDS);

    Deadlines() {
        // Elsewhere, because the wheel forgets that a thread was interrupted which waits for its start.
        CompletableFuture.runAsync(wheel::start, task -> new Thread(task, "scheduler-redis-deadlines-start").start())
                .join();
    }

    /** Fails the call with {@link TimeoutException} when the time is over; up to two tenths of a second late. */
    <T> CompletableFuture<T> end(CompletableFuture<T> call, Duration after) {
        if (call.isDone()) {
            return call;
        }
        try {
            Timeout timeout = wheel.newTimeout(new Late(call), after.toMillis(), TimeUnit.MILLISECONDS);
            call.whenComplete((answer, failure) -> timeout.cancel());
        } catch (IllegalStateException closed) {
            new Late(call).end();
        }
        return call;
    }

    /** Ends the thread, and all calls that are still waiting. */
    void close() {
        wheel.stop().forEach(timeout -> ((Late) timeout.task()).end());
    }

    private record Late(CompletableFuture<?> call) implements TimerTask {

        @Override
        public void run(Timeout timeout) {
            end();
        }

        void end() {
            call.completeExceptionally(new TimeoutException());
        }
    }
}
