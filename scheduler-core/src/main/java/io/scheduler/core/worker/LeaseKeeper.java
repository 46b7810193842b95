package io.scheduler.core.worker;

import io.scheduler.core.queue.QueueException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks after handlers that run, on a thread of its own: renews their leases after a third of the time, and ends those
 * that take too long or whose lease was lost.
 */
final class LeaseKeeper {

    private static final Logger LOG = System.getLogger(LeaseKeeper.class.getName());
    private static final Duration LONGEST_TICK = Duration.ofSeconds(1);
    private static final Duration SHORTEST_TICK = Duration.ofMillis(10);

    private final Optional<Duration> handlerTimeout;
    private final SafeListener listener;
    private final ScheduledExecutorService timer;
    private final Map<HeldDelivery, Long> renewedNanos = new ConcurrentHashMap<>();

    LeaseKeeper(String name, Optional<Duration> handlerTimeout, SafeListener listener) {
        this.handlerTimeout = handlerTimeout;
        this.listener = listener;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name + "-leases");
            thread.setDaemon(true);
            return thread;
        });
    }

    void watch(HandlerRun run) {
        for (HeldDelivery held : run.held()) {
            renewedNanos.put(held, held.sinceNanos());
        }
        look(run);
    }

    void unwatch(HandlerRun run) {
        run.held().forEach(renewedNanos::remove);
    }

    void close() {
        timer.shutdownNow();
    }

    private void look(HandlerRun run) {
        timer.schedule(() -> check(run), tick(run).toNanos(), TimeUnit.NANOSECONDS);
    }

    private void check(HandlerRun run) {
        if (!isWatched(run)) {
            return;
        }
        try {
            if (handlerTimeout
                    .filter(limit -> run.running().compareTo(limit) > 0)
                    .isPresent()) {
                run.interrupt("it took longer than " + handlerTimeout.get());
            }
            run.held().forEach(this::renewIfDue);
            if (!isWatched(run)) {
                run.interrupt("its lease was lost");
            }
        } finally {
            if (isWatched(run) && !timer.isShutdown()) {
                look(run);
            }
        }
    }

    /** Until its end, or until there is nothing left in it to look after. */
    private boolean isWatched(HandlerRun run) {
        return run.held().stream().anyMatch(renewedNanos::containsKey);
    }

    private void renewIfDue(HeldDelivery held) {
        Long renewed = renewedNanos.get(held);
        if (renewed == null
                || System.nanoTime() - renewed < held.delivery().lease().toNanos() / 3) {
            return;
        }
        try {
            if (held.delivery().extendLease()) {
                renewedNanos.replace(held, System.nanoTime());
            } else if (renewedNanos.remove(held) != null) {
                held.lose();
            }
        } catch (QueueException e) {
            // There is time for another try before the lease ends.
            LOG.log(
                    Level.WARNING,
                    "The lease of message {0} could not be renewed: {1}",
                    held.delivery().message().id(),
                    e.getMessage());
            listener.tell(l -> l.onError(e));
        }
    }

    private Duration tick(HandlerRun run) {
        Duration tick = run.held().get(0).delivery().lease().dividedBy(6);
        for (Duration limit :
                handlerTimeout.map(timeout -> timeout.dividedBy(10)).stream().toList()) {
            tick = limit.compareTo(tick) < 0 ? limit : tick;
        }
        tick = tick.compareTo(LONGEST_TICK) < 0 ? tick : LONGEST_TICK;
        return tick.compareTo(SHORTEST_TICK) > 0 ? tick : SHORTEST_TICK;
    }
}
