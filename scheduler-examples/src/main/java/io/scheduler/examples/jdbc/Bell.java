package io.scheduler.examples.jdbc;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes whoever waits for messages in this process. Safe for use by several threads. */
final class Bell {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private long rings;

    /** How often it has rung: asked before looking for messages, so that no ring is missed while looking. */
    long rings() {
        lock.lock();
        try {
            return rings;
        } finally {
            lock.unlock();
        }
    }

    void ring() {
        lock.lock();
        try {
            rings++;
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it has rung more often than that, or for some time. */
    void await(long heard, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long rest = nanos;
            while (rings == heard && rest > 0) {
                rest = rung.awaitNanos(rest);
            }
        } finally {
            lock.unlock();
        }
    }
}
