package io.scheduler.infrastructure.redis;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What bytes meet on one way to a server, or on several at once. They come late or not yet; none is dropped while its
 * connection goes on. Safe for use by several threads.
 */
final class Hindrances {

    private boolean holding;
    private volatile boolean refusing;
    private volatile boolean oneByteAtATime;
    private volatile Duration delay = Duration.ZERO;
    private volatile Optional<String> lastWord = Optional.empty();

    synchronized void hold() {
        holding = true;
    }

    void refuse() {
        refusing = true;
    }

    boolean refuses() {
        return refusing;
    }

    void delayBy(Duration value) {
        delay = value;
    }

    void sendOneByteAtATime() {
        oneByteAtATime = true;
    }

    void endAfter(String text) {
        lastWord = Optional.of(text);
    }

    synchronized void heal() {
        holding = false;
        refusing = false;
        oneByteAtATime = false;
        delay = Duration.ZERO;
        lastWord = Optional.empty();
        notifyAll();
    }

    /** Lets those that wait look again whether their way is still cut. */
    synchronized void wake() {
        notifyAll();
    }

    /**
     * Writes bytes when nothing hinders that any more.
     *
     * @param cut whether this very way is cut
     * @return whether their connection goes on
     */
    boolean pass(byte[] bytes, int length, String text, OutputStream out, BooleanSupplier cut)
            throws IOException, InterruptedException {
        Thread.sleep(delay.toMillis());
        synchronized (this) {
            while (holding || cut.getAsBoolean()) {
                wait();
            }
        }
        int step = oneByteAtATime ? 1 : length;
        for (int i = 0; i < length; i += step) {
            out.write(bytes, i, step);
        }
        boolean wasLast = lastWord.filter(text::contains).isPresent();
        if (wasLast) {
            refuse();
        }
        return !wasLast;
    }
}
