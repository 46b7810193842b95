package io.scheduler.core.worker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One call of a handler, with the deliveries it works on. An interrupt reaches the handler and nothing after it. */
abstract class HandlerRun implements Runnable {

    private final List<HeldDelivery> held;
    private final Consumer<HandlerRun> ended;

    /** Guarded by this: the thread that the handler runs on, while it does. */
    private Optional<Thread> handling = Optional.empty();

    private Optional<String> interruption = Optional.empty();
    private volatile Optional<Long> startedNanos = Optional.empty();

    /** @param ended is told when all is done, whatever happened */
    HandlerRun(List<HeldDelivery> held, Consumer<HandlerRun> ended) {
        this.held = List.copyOf(held);
        this.ended = ended;
    }

    /** Calls the handler. */
    abstract void call() throws Throwable;

    /** Settles what it did. */
    abstract void succeed(Duration took);

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

    @Override
    public final void run() {
        try {
            if (begin()) {
                work();
            }
        } finally {
            ended.accept(this);
        }
    }

    /** Ends the handler, if it runs, and keeps it from beginning otherwise. */
    final synchronized void interrupt(String reason) {
        if (interruption.isEmpty()) {
            interruption = Optional.of(reason);
            handling.ifPresent(Thread::interrupt);
        }
    }

    final void handBack() {
        held.forEach(HeldDelivery::handBack);
    }

    private void work() {
        held.forEach(HeldDelivery::started);
        Optional<Throwable> failure = Optional.empty();
        try {
            call();
        } catch (Throwable e) {
            failure = Optional.of(e);
        }
        Duration took = running();
        Optional<String> interrupted = end();
        if (failure.isEmpty()) {
            succeed(took);
        } else {
            Throwable cause = failure.get();
            String reason =
                    interrupted.map(why -> "interrupted, because " + why).orElseGet(() -> HeldDelivery.describe(cause));
            fail(cause, reason, took);
        }
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
    private synchronized Optional<String> end() {
        handling = Optional.empty();
        if (interruption.isPresent()) {
            Thread.interrupted();
        }
        return interruption;
    }
}
