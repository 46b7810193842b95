package io.scheduler.infrastructure.retry;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Waits between attempts, until the delay is over or the timer is closed. Thread-safe.
 *
 * <p>Callers that block wait on their own threads. For the others there is one daemon thread, which exists from the
 * first such delay until {@link #close}.
 */
final class BackoffTimer implements AutoCloseable {

    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(1);

    private final CountDownLatch closed = new CountDownLatch(1);

    /** The delays that are running. Guarded by this, as is the executor. */
    private final Set<CompletableFuture<Boolean>> pending = new HashSet<>();

    private Optional<ScheduledThreadPoolExecutor> executor = Optional.empty();
    private volatile Optional<Thread> thread = Optional.empty();

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /**
     * Blocks until the delay is over (true) or the timer is closed (false).
     *
     * @throws InterruptedException if the thread is interrupted before or meanwhile; its flag is cleared
     */
    boolean await(Duration delay) throws InterruptedException {
        return !closed.await(delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** A future that completes when the delay is over (true) or the timer is closed (false). */
    synchronized CompletableFuture<Boolean> after(Duration delay) {
        if (isClosed()) {
            return CompletableFuture.completedFuture(false);
        }
        CompletableFuture<Boolean> over = new CompletableFuture<>();
        started().schedule(() -> finish(over), delay.toNanos(), TimeUnit.NANOSECONDS);
        pending.add(over);
        return over;
    }

    /** Ends all waiting now. No delay begins afterwards. */
    @Override
    public void close() {
        endDelays().forEach(over -> over.complete(false));
    }

    /** Waits, at most a second, until the thread of a closed timer is gone; that thread itself does not wait. */
    void awaitThreadEnd() {
        if (thread.isEmpty() || thread.get() == Thread.currentThread()) {
            return;
        }
        try {
            thread.get().join(LONGEST_GOODBYE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<CompletableFuture<Boolean>> endDelays() {
        closed.countDown();
        List<CompletableFuture<Boolean>> ended = List.copyOf(pending);
        pending.clear();
        executor.ifPresent(ScheduledThreadPoolExecutor::shutdown);
        return ended;
    }

    private void finish(CompletableFuture<Boolean> over) {
        synchronized (this) {
            pending.remove(over);
        }
        // Not under the lock: this makes the next attempt.
        over.complete(true);
    }

    private ScheduledThreadPoolExecutor started() {
        if (executor.isEmpty()) {
            executor = Optional.of(newExecutor());
        }
        return executor.get();
    }

    private ScheduledThreadPoolExecutor newExecutor() {
        ScheduledThreadPoolExecutor created = new ScheduledThreadPoolExecutor(1, this::newThread);
        created.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return created;
    }

    private Thread newThread(Runnable task) {
        Thread created = new Thread(task, "scheduler-retry");
        created.setDaemon(true);
        thread = Optional.of(created);
        return created;
    }
}
