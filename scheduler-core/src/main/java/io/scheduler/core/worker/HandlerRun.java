package io.scheduler.core.worker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One call of a handler, with the deliveries it works on. An interrupt reaches the handler and nothing after it. */
abstract class HandlerRun implements Runnable {

    /** Who is told of the end of a run. */
    @FunctionalInterface
    interface End {

        /**
         * The handler has ended, or was never called. All is settled, or left to its lease, but for what is done.
         *
         * @param done what was claimed, and is to be acknowledged
         * @param took how long the handler took
         */
        void of(HandlerRun run, List<HeldDelivery> done, Duration took);
    }

    private final List<HeldDelivery> held;
    private final End end;

    /** Guarded by this: the thread that the handler runs on, while it does. */
    private Optional<Thread> handling = Optional.empty();

    private volatile Optional<String> interruption = Optional.empty();
    private volatile Optional<Long> startedNanos = Optional.empty();

    HandlerRun(List<HeldDelivery> held, End end) {
        this.held = List.copyOf(held);
        this.end = end;
    }

    /** Calls the handler. */
    abstract void call() throws Throwable;

    /** Claims what it did, and settles what failed nevertheless. */
    abstract List<HeldDelivery> succeed(Duration took);

    /**
     * Settles what it did not do.
     *
     * @param reason the failure in words
     */
    abstract void fail(Throwable failure, String reason, Duration took);

    final List<HeldDelivery> held() {
        return held;
    }

    /** For how long the handler has been running; zero if it has not begun. */
    final Duration running() {
        return startedNanos
                .map(start -> Duration.ofNanos(System.nanoTime() - start))
                .orElse(Duration.ZERO);
    }

    final boolean isInterrupted() {
        return interruption.isPresent();
    }

    @Override
    public final void run() {
        List<HeldDelivery> done = List.of();
        Duration took = Duration.ZERO;
        try {
            if (begin()) {
                held.forEach(HeldDelivery::started);
                Optional<Throwable> failure = callHandler();
                took = running();
                done = settle(failure, took);
            }
        } finally {
            end.of(this, done, took);
        }
    }

    /** Ends the handler, if it runs, and keeps it from beginning otherwise. */
    final synchronized void interrupt(String reason) {
        if (interruption.isEmpty()) {
            interruption = Optional.of(reason);
            handling.ifPresent(Thread::interrupt);
        }
    }

    private Optional<Throwable> callHandler() {
        try {
            call();
            return Optional.empty();
        } catch (Throwable e) {
            return Optional.of(e);
        }
    }

    private List<HeldDelivery> settle(Optional<Throwable> failure, Duration took) {
        Optional<String> interrupted = endHandling();
        if (failure.isEmpty()) {
            return succeed(took);
        }
        Throwable cause = failure.get();
        String reason =
                interrupted.map(why -> "interrupted, because " + why).orElseGet(() -> HeldDelivery.describe(cause));
        fail(cause, reason, took);
        return List.of();
    }

    private synchronized boolean begin() {
        if (interruption.isPresent()) {
            return false;
        }
        handling = Optional.of(Thread.currentThread());
        startedNanos = Optional.of(System.nanoTime());
        return true;
    }

    /** From here on nobody interrupts this thread, and an interrupt that came late is taken back. */
    private synchronized Optional<String> endHandling() {
        handling = Optional.empty();
        if (interruption.isPresent()) {
            Thread.interrupted();
        }
        return interruption;
    }
}
