package io.scheduler.infrastructure.redis;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * An event loop that is served by the thread that calls, as long as calls come one at a time: it writes its request,
 * and reads the answer, itself. With a thread of the loop's own in between, such a call is two context switches longer;
 * these are a quarter of its time, or nearly half of it after a pause of milliseconds.
 *
 * <p>One thread serves the loop at a time, and that one is what Netty takes for the thread of the loop. The loop's own
 * thread does so when several calls are under way, or one that nobody waits for. When it has served the last one, it
 * rests; if nobody calls for {@link #REST} it watches over the connections again, and serves the next call. So what
 * happens to them by itself, such as their end, is noticed after twice that time at the latest, and by a call before it
 * writes.
 *
 * <p>Whoever serves also does what others have to do here, until its own answer has come: none of it is user code but
 * the supplier of a password, when a connection is opened.
 *
 * <p>Not for Java's selectors: those close a connection when a thread that serves it is interrupted.
 */
final class CallerServedLoop extends SingleThreadIoEventLoop {

    /** How long the own thread rests while nobody calls. */
    static final Duration REST = Duration.ofMillis(200);

    /** How long tasks may keep the loop from its connections, or a caller from its answer. */
    private static final long TASKS_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** After calls that met, so many in a row have to be alone before their callers serve again. */
    private static final int LONE_CALLS = 4;

    private static final Runnable NOTHING = () -> {};

    private final long restNanos;

    /** Who serves; null if nobody does. */
    private final AtomicReference<Thread> server = new AtomicReference<>();

    /** What was sent and has no answer yet, and the caller that serves. */
    private final AtomicInteger underWay = new AtomicInteger();

    /** How many calls have to be alone from now on. A guess is good enough. */
    private volatile int crowd;

    /**
     * Whether somebody has called since the own thread rested. Who opens a connection does not, and has nobody else who
     * serves it.
     */
    private volatile boolean visited;

    /** The loop's own thread, once it runs. */
    private volatile Thread own;

    /** Whether the own thread is wanted. */
    private volatile boolean called;

    /** How often somebody has stopped serving. Written by whoever serves, before it stops. */
    private volatile long terms;

    private CallerServedLoop(IoEventLoopGroup parent, Executor executor, IoHandlerFactory handlers, Duration rest) {
        super(parent, executor, handlers);
        this.restNanos = rest.toNanos();
    }

    /** One such loop, as a group, which is how Redisson takes it. */
    static final class Group extends MultiThreadIoEventLoopGroup {

        /** @param rest {@link #REST}, or another time in tests */
        Group(IoHandlerFactory handlers, Duration rest) {
            super(1, new DefaultThreadFactory("scheduler-redis", true), handlers, rest);
        }

        @Override
        protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... rest) {
            return new CallerServedLoop(this, executor, handlers, (Duration) rest[0]);
        }

        CallerServedLoop loop() {
            return (CallerServedLoop) next();
        }
    }

    /**
     * Makes a call and waits for its end.
     *
     * @throws InterruptedException if this thread is interrupted before; the call goes on
     */
    <T> T await(Supplier<CompletableFuture<T>> call) throws ExecutionException, InterruptedException {
        if (!enter()) {
            return call.get().get();
        }
        CompletableFuture<T> answer;
        try {
            answer = begun(call);
            serveUntilDone(answer);
        } finally {
            leave();
        }
        return answer.get();
    }

    /** Makes a call whose answer comes by itself. Does not block. */
    <T> CompletableFuture<T> start(Supplier<CompletableFuture<T>> call) {
        if (!enter()) {
            return call.get();
        }
        try {
            return begun(call);
        } finally {
            leave();
        }
    }

    /** Sends something. As long as there is no answer, somebody has to serve. */
    <T> CompletableFuture<T> counted(Supplier<CompletableFuture<T>> sending) {
        // Before, because whoever serves may have written it, and have left, in between.
        underWay.incrementAndGet();
        CompletableFuture<T> answer;
        try {
            answer = sending.get();
        } catch (RuntimeException | Error e) {
            underWay.decrementAndGet();
            throw e;
        }
        answer.whenComplete((result, failure) -> underWay.decrementAndGet());
        return answer;
    }

    /** Whether this thread serves from now on. */
    private boolean enter() {
        if (!visited) {
            visited = true;
        }
        int others = crowd;
        if (underWay.get() > 0) {
            if (others < LONE_CALLS) {
                crowd = LONE_CALLS;
            }
            return false;
        }
        if (others > 0) {
            crowd = others - 1;
        }
        Thread me = Thread.currentThread();
        if (own == null || called || isShuttingDown() || !maySleepUnseen(me) || !server.compareAndSet(null, me)) {
            return false;
        }
        underWay.incrementAndGet();
        return true;
    }

    /**
     * Not those who are to hear of an interrupt at once, nor those for whom Java finds a substitute while they wait,
     * which it cannot do for one in native code.
     */
    private static boolean maySleepUnseen(Thread me) {
        return !me.isInterrupted() && !(me instanceof ForkJoinWorkerThread) && !VirtualThreads.isVirtual(me);
    }

    /** Makes a call, and sends it, when all that has come before is done, be it the end of the connection. */
    private <T> CompletableFuture<T> begun(Supplier<CompletableFuture<T>> call) {
        execute(NOTHING); // with a task to do, Netty does not wait for its connections
        runIo();
        runAllTasks(TASKS_NANOS);
        CompletableFuture<T> answer = call.get();
        runAllTasks(TASKS_NANOS);
        return answer;
    }

    private void serveUntilDone(CompletableFuture<?> answer) throws InterruptedException {
        answer.whenComplete((result, failure) -> wake());
        Interruptible interruptible = new Interruptible(this::wake);
        try {
            while (!answer.isDone() && !isShuttingDown()) {
                // Each time, because a channel that somebody uses meanwhile takes its place.
                interruptible.enter();
                if (interruptible.isInterrupted()) {
                    break;
                }
                runIo();
                runAllTasks(TASKS_NANOS);
            }
        } finally {
            interruptible.exit();
        }
        if (!answer.isDone() && Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** After {@link #enter}. */
    private void leave() {
        underWay.decrementAndGet();
        pass();
    }

    private void pass() {
        terms++;
        server.set(null);
        if (underWay.get() > 0 || pendingTasks() > 0 || isWanted()) {
            callOwn();
        }
    }

    /** Makes who serves look up. By a task, because Netty looks for one before it waits. */
    private void wake() {
        if (inEventLoop()) {
            return;
        }
        try {
            execute(NOTHING);
        } catch (RejectedExecutionException e) {
            // It has ended, and nobody waits any more.
        }
    }

    @Override
    public boolean inEventLoop(Thread thread) {
        return thread == server.get();
    }

    @Override
    public void execute(Runnable task) {
        super.execute(task);
        if (server.get() == null) {
            callOwn();
        }
    }

    @Override
    public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
        Future<?> end = super.shutdownGracefully(quietPeriod, timeout, unit);
        callOwn();
        return end;
    }

    /** What the loop's own thread does. */
    @Override
    protected void run() {
        Thread me = Thread.currentThread();
        server.set(me);
        own = me;
        ioHandler().initialize();
        do {
            if (visited && crowd == 0 && underWay.get() == 0 && !isShuttingDown()) {
                rest(me);
                visited = false;
            }
            if (isShuttingDown()) {
                execute(NOTHING); // a caller may have taken the task that was to wake us
            }
            runIo();
            if (isShuttingDown()) {
                ioHandler().prepareToDestroy();
            }
            runAllTasks(TASKS_NANOS);
        } while (!confirmShutdown() && !canSuspend());
        // What follows, up to the end, is its own too: it serves for ever.
    }

    /** Returns when it serves again. */
    private void rest(Thread me) {
        called = false;
        pass();
        long before;
        do {
            before = terms;
            Thread.interrupted(); // or it would not rest
            if (!isWanted() || server.get() != null) {
                LockSupport.parkNanos(this, restNanos);
            }
        } while (!(isWanted() || terms == before) || !server.compareAndSet(null, me));
    }

    private boolean isWanted() {
        return called || isShuttingDown();
    }

    private void callOwn() {
        called = true;
        LockSupport.unpark(own);
    }
}
