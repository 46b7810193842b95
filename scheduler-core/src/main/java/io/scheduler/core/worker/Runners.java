package io.scheduler.core.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * Tasks on an executor that work off what waits, up to a number of them at a time. A task takes one run after the
 * other, and whoever finds more to do has another task join in: so there are as many as are needed, and quick handlers
 * need few.
 */
final class Runners {

    private final Executor executor;
    private final int most;
    private final BiConsumer<HandlerRun, RejectedExecutionException> refused;
    private final Queue<HandlerRun> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger tasks = new AtomicInteger();

    /**
     * None at first.
     *
     * @param most how many tasks at a time
     * @param refused is told of a run for which the executor takes no task
     */
    Runners(Executor executor, int most, BiConsumer<HandlerRun, RejectedExecutionException> refused) {
        this.executor = executor;
        this.most = most;
        this.refused = refused;
    }

    void add(List<HandlerRun> runs) {
        waiting.addAll(runs);
        joinIn();
    }

    /** How many tasks there are. */
    int count() {
        return tasks.get();
    }

    /** Takes all runs that have not begun. */
    List<HandlerRun> cancel() {
        List<HandlerRun> cancelled = new ArrayList<>();
        for (HandlerRun run = waiting.poll(); run != null; run = waiting.poll()) {
            cancelled.add(run);
        }
        return cancelled;
    }

    private void joinIn() {
        while (!waiting.isEmpty() && reserve()) {
            try {
                executor.execute(this::work);
                return;
            } catch (RejectedExecutionException e) {
                tasks.decrementAndGet();
                HandlerRun run = waiting.poll();
                if (run != null) {
                    refused.accept(run, e);
                }
            }
        }
    }

    private void work() {
        try {
            for (HandlerRun run = waiting.poll(); run != null; run = waiting.poll()) {
                joinIn();
                run.run();
            }
        } finally {
            tasks.decrementAndGet();
            // Something may have come after the last look, while this task still counted.
            joinIn();
        }
    }

    private boolean reserve() {
        int now = tasks.get();
        while (now < most) {
            if (tasks.compareAndSet(now, now + 1)) {
                return true;
            }
            now = tasks.get();
        }
        return false;
    }
}
