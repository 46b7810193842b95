package io.scheduler.infrastructure.redis;

import io.scheduler.core.queue.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes ready what has become due in a queue, for as long as somebody receives from it: delayed messages, and messages
 * whose lease has ended. Now and then it removes consumers that have gone.
 *
 * <p>It runs beside the beginning of a receive if it has not run for the poll interval, and every poll interval while a
 * receive waits; a script that finds nothing due costs Redis a few microseconds. One thread serves all queues.
 */
final class RedisMaintenance {

    private static final int BATCH = 100;
    private static final String SEARCHED_ALL = "0-0";
    private static final Duration SHORTEST_ABSENCE = Duration.ofMinutes(1);
    private static final Duration LONGEST_SEARCH_INTERVAL = Duration.ofSeconds(1);
    private static final Operation OPERATION = new Operation("make ready what is due", Optional.empty(), List.of());

    private static final Logger log = LoggerFactory.getLogger(RedisMaintenance.class);

    private final RedisScripts scripts;
    private final RedisErrors errors;
    private final ConsumerNames names;
    private final RedisStreamConfig config;
    private final Map<String, Queue> queues = new ConcurrentHashMap<>();
    private final long pollNanos;
    private final long searchNanos;
    private final Duration absence;
    private Optional<ScheduledExecutorService> timer = Optional.empty();
    private volatile boolean closed;

    RedisMaintenance(RedisScripts scripts, RedisErrors errors, ConsumerNames names, RedisStreamConfig config) {
        this(scripts, errors, names, config, SHORTEST_ABSENCE);
    }

    /**
     * @param shortestAbsence after which time without a sign of life a consumer may have gone; two leases, if that is
     *     longer
     */
    RedisMaintenance(
            RedisScripts scripts,
            RedisErrors errors,
            ConsumerNames names,
            RedisStreamConfig config,
            Duration shortestAbsence) {
        this.scripts = scripts;
        this.errors = errors;
        this.names = names;
        this.config = config;
        this.pollNanos = config.pollInterval().toNanos();
        this.searchNanos =
                Math.max(pollNanos, Math.min(config.lease().toNanos() / 100, LONGEST_SEARCH_INTERVAL.toNanos()));
        Duration twoLeases = config.lease().multipliedBy(2);
        this.absence = twoLeases.compareTo(shortestAbsence) > 0 ? twoLeases : shortestAbsence;
    }

    /** Keeps a queue maintained until it is {@linkplain Queue#unwatch let go}. */
    Queue watch(RedisKeys keys) {
        Queue queue = queues.compute(keys.stream(), (name, known) -> {
            Queue watched = known == null ? new Queue(keys) : known;
            watched.watchers.incrementAndGet();
            return watched;
        });
        startTimer();
        return queue;
    }

    /** Lets go of what is kept for a queue that was deleted, unless somebody waits there. */
    void forget(RedisKeys keys) {
        queues.computeIfPresent(keys.stream(), (name, queue) -> queue.watchers.get() == 0 ? null : queue);
    }

    /** Ends the timer, and says good-bye to the queues' groups. */
    CompletableFuture<?> close() {
        synchronized (this) {
            closed = true;
            timer.ifPresent(ScheduledExecutorService::shutdownNow);
        }
        return CompletableFuture.allOf(
                queues.values().stream().map(queue -> queue.forget("")).toArray(CompletableFuture<?>[]::new));
    }

    private synchronized void startTimer() {
        if (timer.isEmpty() && !closed) {
            ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "scheduler-redis-maintenance");
                thread.setDaemon(true);
                return thread;
            });
            started.scheduleWithFixedDelay(this::runAll, pollNanos, pollNanos, TimeUnit.NANOSECONDS);
            timer = Optional.of(started);
        }
    }

    private void runAll() {
        for (Queue queue : queues.values()) {
            if (queue.watchers.get() > 0) {
                queue.run();
            }
        }
    }

    /** What a batch has found: delayed messages that were due, and messages whose lease had ended. */
    private record Moved(long due, long expired) {

        static final Moved NOTHING = new Moved(0, 0);

        boolean any() {
            return due + expired > 0;
        }

        /** Whether there may be more. */
        boolean isFull() {
            return due == BATCH || expired == BATCH;
        }
    }

    /** The maintenance of one queue. */
    final class Queue {

        private final RedisKeys keys;
        private final AtomicInteger watchers = new AtomicInteger();
        private final AtomicBoolean running = new AtomicBoolean();
        private volatile long lastRun = System.nanoTime() - pollNanos;
        private volatile long lastSearch = System.nanoTime() - searchNanos;
        private volatile long lastForget = System.nanoTime() - absence.toNanos();
        private volatile CompletableFuture<Moved> firstBatch = CompletableFuture.completedFuture(Moved.NOTHING);
        private volatile String lastProblem = "";
        private volatile String searchFrom = SEARCHED_ALL;

        Queue(RedisKeys keys) {
            this.keys = keys;
        }

        void unwatch() {
            watchers.decrementAndGet();
        }

        /**
         * Runs now, if that is due and no run is under way.
         *
         * @return whether the run that is under way makes something ready; ends with its first batch, because a receive
         *     is not to wait until a large backlog has been moved
         */
        CompletableFuture<Boolean> runIfDue() {
            if (System.nanoTime() - lastRun >= pollNanos) {
                run();
            }
            CompletableFuture<Moved> last = firstBatch;
            return last.isDone() ? CompletableFuture.completedFuture(false) : last.thenApply(Moved::any);
        }

        /** One run at a time. */
        private void run() {
            if (!running.compareAndSet(false, true)) {
                return;
            }
            lastRun = System.nanoTime();
            firstBatch = moveBatch();
            firstBatch
                    .thenCompose(this::moveTheRest)
                    .thenCompose(moved -> forgetIfDue())
                    .whenComplete((done, failure) -> {
                        running.set(false);
                        tell(failure);
                    });
        }

        private CompletableFuture<Moved> moveTheRest(Moved last) {
            return last.isFull() ? moveBatch().thenCompose(this::moveTheRest) : CompletableFuture.completedFuture(last);
        }

        private CompletableFuture<Moved> moveBatch() {
            boolean search = !searchFrom.equals(SEARCHED_ALL) || lastRun - lastSearch >= searchNanos;
            if (search && searchFrom.equals(SEARCHED_ALL)) {
                lastSearch = lastRun;
            }
            return scripts.run(
                            RedisScript.MAINTAIN,
                            List.of(keys.stream(), keys.delayed(), keys.dead()),
                            List.of(
                                    keys.group(),
                                    names.of(keys),
                                    BATCH,
                                    config.maxAttempts(),
                                    config.lease().toMillis(),
                                    search ? searchFrom : ""))
                    .thenApply(result -> {
                        List<?> counts = (List<?>) result;
                        if (search) {
                            searchFrom = new String((byte[]) counts.get(2), StandardCharsets.US_ASCII);
                        }
                        return new Moved((Long) counts.get(0), (Long) counts.get(1));
                    });
        }

        /**
         * Delayed messages and expired leases wait while this fails: the first time, and the end of it, must be seen.
         */
        private void tell(Throwable failure) {
            String problem =
                    failure == null ? "" : errors.translate(OPERATION, failure).getMessage();
            if (problem.equals(lastProblem) || closed) {
                return;
            }
            lastProblem = problem;
            if (failure == null) {
                log.info("Maintenance of '{}' works again", keys.stream());
            } else {
                log.warn("Delayed messages and ended leases of '{}' have to wait: {}", keys.stream(), problem);
            }
        }

        private CompletableFuture<?> forgetIfDue() {
            if (System.nanoTime() - lastForget < absence.toNanos()) {
                return CompletableFuture.completedFuture(null);
            }
            lastForget = System.nanoTime();
            return forget(String.valueOf(absence.toMillis()));
        }

        private CompletableFuture<?> forget(String afterMillis) {
            return scripts.run(
                    RedisScript.FORGET, List.of(keys.stream()), List.of(keys.group(), names.of(keys), afterMillis));
        }
    }
}
