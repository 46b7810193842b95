package io.scheduler.core.worker;

import java.util.concurrent.TimeUnit;

/**
 * How much a worker holds, and how much more it may receive. A handler's place is free when it has ended; what it did
 * then waits to be settled, and counts towards another bound. Safe for use by several threads.
 *
 * <p>While more is held than handlers can work on, there is no room until half of what was prefetched is used up: one
 * call for many messages costs little more than one for a few.
 */
final class Room {

    private final int maxBusy;
    private final int least;
    private final int maxSettling;
    private int busy;
    private int settling;
    private int waiting;

    /**
     * An empty one.
     *
     * @param concurrency how many calls of handlers there may be at a time
     * @param prefetch for how many more to receive
     * @param maxSettling how many messages may wait to be settled after that
     */
    Room(int concurrency, int prefetch, int maxSettling) {
        this.maxBusy = concurrency + prefetch;
        this.least = Math.max(1, prefetch / 2);
        this.maxSettling = maxSettling;
    }

    /** Something was received for so many calls of handlers. */
    synchronized void take(int calls) {
        busy += calls;
    }

    /** A handler has ended, or is not to be called any more, and its messages are not settled yet. */
    synchronized void handled(int messages) {
        busy--;
        settling += messages;
        changed();
    }

    /** So many messages are settled. */
    synchronized void settled(int messages) {
        settling -= messages;
        changed();
    }

    /** For how many calls there is room now. */
    synchronized int free() {
        int free = maxBusy - busy;
        return settling < maxSettling && free >= least ? free : 0;
    }

    /** Waits until there is room, or until a time by {@link System#nanoTime}. */
    synchronized void awaitFree(long end) throws InterruptedException {
        while (free() == 0 && pauseUntil(end)) {
            // looks again
        }
    }

    /** Waits until nothing is held, or until a time by {@link System#nanoTime}, and returns whether that is so. */
    synchronized boolean awaitEmpty(long end) throws InterruptedException {
        while (!isEmpty() && pauseUntil(end)) {
            // looks again
        }
        return isEmpty();
    }

    private boolean isEmpty() {
        return busy == 0 && settling == 0;
    }

    private boolean pauseUntil(long end) throws InterruptedException {
        long rest = end - System.nanoTime();
        if (rest <= 0) {
            return false;
        }
        waiting++;
        try {
            TimeUnit.NANOSECONDS.timedWait(this, rest);
        } finally {
            waiting--;
        }
        return true;
    }

    private void changed() {
        if (waiting > 0 && (isEmpty() || free() > 0)) {
            notifyAll();
        }
    }
}
