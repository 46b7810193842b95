package io.scheduler.core.queue.contract;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A call that waits for something, in a thread of its own. */
final class Waiting<T> {

    /** Longer than any test lets a call wait. */
    static final Duration LONG = Duration.ofSeconds(50);

    /**
     * What is called prompt: generous to a slow machine, and less than an adapter might take that only looks now and
     * then.
     */
    static final Duration PROMPTLY = Duration.ofSeconds(4);

    private static final Set<Thread.State> STANDING_STILL = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean keptItsFlag;

    private Waiting(Supplier<T> call) {
        thread = new Thread(() -> run(call), "waiting");
        thread.setDaemon(true);
    }

    /**
     * Starts a call, and returns when its thread has been standing still for a moment, or after some seconds. What a
     * test asserts has to hold whether or not the call was waiting already; that it most often was is what makes the
     * test a good one.
     */
    static <T> Waiting<T> in(Supplier<T> call) {
        Waiting<T> waiting = new Waiting<>(call);
        waiting.thread.start();
        waiting.untilItStandsStill();
        return waiting;
    }

    /** Several such calls at the same time. */
    static <T> List<Waiting<T>> inSeveral(int count, Supplier<T> call) {
        List<Waiting<T>> several =
                Stream.generate(() -> new Waiting<>(call)).limit(count).toList();
        several.forEach(waiting -> waiting.thread.start());
        several.get(count - 1).untilItStandsStill();
        return several;
    }

    /** A receive of one message, which would wait for longer than the test. */
    static Waiting<List<Delivery>> inReceive(MessageQueue queue, QueueName name) {
        return in(() -> queue.receive(name, 1, LONG));
    }

    /** What the call returned or threw; fails if it takes too long. */
    T endsPromptly() {
        return Outcome.within(PROMPTLY, result);
    }

    void interrupt() {
        thread.interrupt();
    }

    /** Whether the thread's interrupt flag was set when the call had ended. */
    boolean keptItsFlag() {
        return keptItsFlag;
    }

    private void run(Supplier<T> call) {
        try {
            T value = call.get();
            keptItsFlag = Thread.currentThread().isInterrupted();
            result.complete(value);
        } catch (Throwable e) {
            keptItsFlag = Thread.currentThread().isInterrupted();
            result.completeExceptionally(e);
        }
    }

    /** Gives the call a moment in which to notice what has happened, and to go on waiting if it has to. */
    void untilItStandsStill() {
        int still = 0;
        for (int look = 0; look < 500 && still < 10 && thread.isAlive(); look++) {
            still = standsStill() ? still + 1 : 0;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private boolean standsStill() {
        if (STANDING_STILL.contains(thread.getState())) {
            return true;
        }
        // One that waits for its network in native code runs, as far as Java knows.
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length > 0 && stack[0].isNativeMethod();
    }
}
