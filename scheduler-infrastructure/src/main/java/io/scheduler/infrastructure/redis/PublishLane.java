package io.scheduler.infrastructure.redis;

import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.QueueClosedException;
import io.scheduler.core.queue.QueueUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The publications of one queue, in order. While a few messages are on their way, the next publication leaves at once;
 * those that come while there are many leave together, as a batch. Nobody waits for a batch to fill.
 *
 * <p>When half as many are waiting as are on their way, a second batch leaves before the first is answered, so that
 * Redis works while this side prepares, and wakes those who wait for the first. To have several under way keeps the
 * order only where all take one connection, and all in one way: not before the first answer, be it of all or after a
 * pause, nor after a failure, nor while Redis learns a script that it does not know: that may hold up one of them. A
 * publication that waited for longer than it may, because the batch before it hangs, fails as not done. Safe for use by
 * several threads.
 */
final class PublishLane {

    /** A script that stores this much takes Redis a few milliseconds, in which it does nothing else. */
    private static final int MAX_BATCH_ENTRIES = 400;

    private static final int MAX_BATCH_BYTES = 1024 * 1024;

    /** With fewer messages under way the next one leaves at once, and with fewer waiting no second batch does. */
    private static final int FEW = 4;

    private static final int MAX_LARGE_BATCHES = 2;

    /** Where waiting publications would fill the memory of a program that never looks at its futures. */
    private static final int MAX_WAITING = 100_000;

    private static final long MAX_WAITING_BYTES = 256L * 1024 * 1024;

    private final Function<List<Publication>, CompletableFuture<?>> sender;
    private final BooleanSupplier orderIsKept;
    private final Executor afterSending;
    private final long maxWaitNanos;
    private final Queue<Publication> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingEntries = new AtomicInteger();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicInteger completing = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger entriesUnderWay = new AtomicInteger();
    private final AtomicBoolean sending = new AtomicBoolean();
    private volatile boolean lastSucceeded;
    private volatile boolean closed;

    /**
     * @param sender sends a batch; its future ends in bounded time
     * @param orderIsKept whether a batch that is sent now arrives behind all others, also while they are under way
     * @param afterSending runs what can wait until that which was sent is written, in the thread that calls or later
     * @param maxWait how long a publication may wait for its turn
     */
    PublishLane(
            Function<List<Publication>, CompletableFuture<?>> sender,
            BooleanSupplier orderIsKept,
            Executor afterSending,
            Duration maxWait) {
        this.sender = sender;
        this.orderIsKept = orderIsKept;
        this.afterSending = afterSending;
        this.maxWaitNanos = maxWait.toNanos();
    }

    void add(Publication publication) {
        if (waitingEntries.get() >= MAX_WAITING || waitingBytes.get() >= MAX_WAITING_BYTES) {
            publication.complete(tooMany(publication.operation()));
        } else {
            enqueue(publication);
        }
    }

    private void enqueue(Publication publication) {
        waitingEntries.addAndGet(publication.entries().size());
        waitingBytes.addAndGet(publication.bytes());
        waiting.add(publication);
        sendNext();
    }

    /** A future that ends when all that was added until now has ended. */
    CompletableFuture<Void> drained(Operation operation) {
        Publication last = Publication.of(operation, List.of(), 0, false);
        enqueue(last);
        return last.done();
    }

    /** Whether nothing waits, is on its way, or is being told to those who asked. */
    boolean isIdle() {
        return waiting.isEmpty() && !sending.get() && underWay.get() == 0 && completing.get() == 0;
    }

    /** From now on what waits fails as closed; what is on its way is left to end. */
    void close() {
        closed = true;
        sendNext();
    }

    /** Whoever comes while another thread is at it leaves it to that one, which looks again before it goes. */
    private void sendNext() {
        while (mayLeave() && sending.compareAndSet(false, true)) {
            List<Publication> batch = mayLeave() ? nextBatch() : List.of();
            if (batch.isEmpty()) {
                sending.set(false);
                if (underWay.get() > 0) {
                    return; // whose answer continues here
                }
                continue;
            }
            int entries = batch.stream()
                    .mapToInt(publication -> publication.entries().size())
                    .sum();
            underWay.incrementAndGet();
            entriesUnderWay.addAndGet(entries);
            CompletableFuture<?> sent = send(batch);
            sending.set(false);
            if (sent.isDone()) {
                completing.incrementAndGet();
                answered(entries, sent.isCompletedExceptionally());
                sent.whenComplete((result, failure) -> completed(batch, failure));
            } else {
                sent.whenComplete((result, failure) -> {
                    // The next batch first: to wake those who wait for this one takes longer than to write.
                    completing.incrementAndGet();
                    answered(entries, failure != null);
                    sendNext();
                    afterSending.execute(() -> completed(batch, failure));
                });
            }
        }
    }

    private boolean mayLeave() {
        int batches = underWay.get();
        return !waiting.isEmpty()
                && (batches == 0 || lastSucceeded && mayOverlap(batches) && orderIsKept.getAsBoolean());
    }

    /** A second batch not for a few: they would be in one with those that come next. */
    private boolean mayOverlap(int batches) {
        int entries = entriesUnderWay.get();
        return entries < FEW
                || batches < MAX_LARGE_BATCHES
                        && waitingEntries.get() >= Math.max(FEW, Math.min(entries / 2, MAX_BATCH_ENTRIES));
    }

    private void answered(int entries, boolean failed) {
        entriesUnderWay.addAndGet(-entries);
        // After a pause Redis may have forgotten the script: what it does not know yet goes alone.
        boolean idle = underWay.decrementAndGet() == 0 && waiting.isEmpty();
        boolean succeeded = entries == 0 ? lastSucceeded : !failed; // where nothing was sent, nothing was answered
        lastSucceeded = succeeded && !idle;
    }

    private CompletableFuture<?> send(List<Publication> batch) {
        if (batch.stream().allMatch(Publication::isEmpty)) {
            return CompletableFuture.completedFuture(null);
        }
        try {
            return sender.apply(batch);
        } catch (RuntimeException | Error e) {
            // The lane must go on, whatever happened to this batch.
            return CompletableFuture.failedFuture(e);
        }
    }

    private List<Publication> nextBatch() {
        List<Publication> batch = new ArrayList<>();
        int entries = 0;
        long bytes = 0;
        for (Publication next = waiting.peek(); next != null; next = waiting.peek()) {
            entries += next.entries().size();
            bytes += next.bytes();
            boolean full = !batch.isEmpty() && (entries > MAX_BATCH_ENTRIES || bytes > MAX_BATCH_BYTES);
            // What only waits for the end of all before it waits for their answers, too.
            boolean tooEarly = next.isEmpty() && underWay.get() > 0;
            if (full || tooEarly) {
                break;
            }
            waiting.remove();
            waitingEntries.addAndGet(-next.entries().size());
            waitingBytes.addAndGet(-next.bytes());
            if (closed) {
                next.complete(new QueueClosedException(next.operation()));
            } else if (System.nanoTime() - next.since() > maxWaitNanos) {
                next.complete(tooLate(next.operation()));
            } else {
                batch.add(next);
            }
        }
        return batch;
    }

    private void completed(List<Publication> batch, Throwable failure) {
        complete(batch, failure);
        completing.decrementAndGet();
    }

    /** Callers that block are told here; what depends on a future runs elsewhere: it may call the queue, and wait. */
    private void complete(List<Publication> batch, Throwable failure) {
        List<Publication> async = new ArrayList<>();
        for (Publication publication : batch) {
            if (publication.async()) {
                async.add(publication);
            } else {
                publication.complete(failure);
            }
        }
        if (!async.isEmpty()) {
            completing.incrementAndGet();
            ForkJoinPool.commonPool().execute(() -> {
                async.forEach(publication -> publication.complete(failure));
                completing.decrementAndGet();
            });
        }
    }

    private static QueueUnavailableException tooMany(Operation operation) {
        return new QueueUnavailableException(
                operation,
                "too many messages to this queue are waiting already (allowed are " + MAX_WAITING + ", of "
                        + MAX_WAITING_BYTES + " bytes together); wait for their futures before more",
                null);
    }

    private static QueueUnavailableException tooLate(Operation operation) {
        return new QueueUnavailableException(
                operation, "it was not sent, because the publications before it got no answer in time", null);
    }
}
