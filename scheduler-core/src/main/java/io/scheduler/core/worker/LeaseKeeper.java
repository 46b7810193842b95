package io.scheduler.core.worker;

import io.scheduler.core.queue.QueueException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Looks after all that a worker holds, at one beat for all of it and on a thread of its own: renews leases after a
 * third of their time, and ends handlers that take too long or whose lease was lost.
 */
final class LeaseKeeper {

    private static final Logger LOG = System.getLogger(LeaseKeeper.class.getName());
    private static final Duration LONGEST_BEAT = Duration.ofSeconds(1);
    private static final Duration SHORTEST_BEAT = Duration.ofMillis(10);

    private final Optional<Duration> handlerTimeout;
    private final SafeListener listener;
    private final ScheduledThreadPoolExecutor timer;
    private final Set<HandlerRun> runs = ConcurrentHashMap.newKeySet();
    private Optional<Duration> beat = Optional.empty();
    private Optional<Future<?>> beating = Optional.empty();

    LeaseKeeper(String name, Optional<Duration> handlerTimeout, SafeListener listener) {
        this.handlerTimeout = handlerTimeout;
        this.listener = listener;
        this.timer = new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread thread = new Thread(task, name + "-leases");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy()); // what comes after the end has no need of it
    }

    /** All that is watched: what was received and is not settled. */
    Collection<HandlerRun> watched() {
        return runs;
    }

    /** Only for the thread that receives. */
    void watch(List<HandlerRun> received) {
        runs.addAll(received);
        received.stream()
                .map(run -> beatFor(run.held().get(0).delivery().lease()))
                .filter(wanted -> beat.isEmpty() || wanted.compareTo(beat.get()) < 0)
                .forEach(this::beatEvery);
    }

    /** Returns whether it was watched until now. */
    boolean unwatch(HandlerRun run) {
        return runs.remove(run);
    }

    void close() {
        timer.shutdownNow();
    }

    private void beatEvery(Duration time) {
        beating.ifPresent(before -> before.cancel(false));
        beat = Optional.of(time);
        beating = Optional.of(timer.scheduleWithFixedDelay(
                () -> runs.forEach(this::look), time.toNanos(), time.toNanos(), TimeUnit.NANOSECONDS));
    }

    private void look(HandlerRun run) {
        try {
            handlerTimeout
                    .filter(limit -> run.running().compareTo(limit) > 0)
                    .ifPresent(limit -> run.interrupt("it took longer than " + limit));
            run.held().forEach(this::renewIfDue);
            if (run.held().stream().allMatch(HeldDelivery::isLost)) {
                run.interrupt("its lease was lost");
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Looking after leases failed, and goes on", e);
            listener.tell(l -> l.onError(e));
        }
    }

    private void renewIfDue(HeldDelivery held) {
        if (held.isLost() || !held.isLeaseOlderThan(held.delivery().lease().dividedBy(3))) {
            return;
        }
        try {
            held.extendLease();
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

    private Duration beatFor(Duration lease) {
        Duration sixth = lease.dividedBy(6);
        Duration wanted = handlerTimeout
                .map(timeout -> timeout.dividedBy(10))
                .filter(tenth -> tenth.compareTo(sixth) < 0)
                .orElse(sixth);
        wanted = wanted.compareTo(LONGEST_BEAT) < 0 ? wanted : LONGEST_BEAT;
        return wanted.compareTo(SHORTEST_BEAT) > 0 ? wanted : SHORTEST_BEAT;
    }
}
