package io.scheduler.infrastructure.redis;

import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.spi.AbstractInterruptibleChannel;

/**
 * Tells when the thread that uses it is interrupted: Java's way to end what waits outside of Java, for which it has no
 * other. For one wait of one thread.
 */
final class Interruptible extends AbstractInterruptibleChannel {

    private final Runnable whenInterrupted;

    /** @param whenInterrupted run by the thread that interrupts */
    Interruptible(Runnable whenInterrupted) {
        this.whenInterrupted = whenInterrupted;
    }

    /** From now on an interrupt is told. */
    void enter() {
        begin();
    }

    /** Whether the thread was interrupted, be it before, and even if somebody has cleared its flag meanwhile. */
    boolean isInterrupted() {
        return !isOpen();
    }

    /** From now on an interrupt is not told. The thread has its interrupt flag if it was interrupted. */
    void exit() {
        try {
            end(true);
        } catch (AsynchronousCloseException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    protected void implCloseChannel() {
        whenInterrupted.run();
    }
}
