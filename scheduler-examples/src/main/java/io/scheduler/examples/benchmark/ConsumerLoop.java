package io.scheduler.examples.benchmark;

import java.util.concurrent.atomic.AtomicReference;

/** A consumer on a thread of its own, which goes on until it is closed. */
final class ConsumerLoop implements AutoCloseable {

    /** One look for messages; it may wait for a while. */
    @FunctionalInterface
    interface Look {
        void once() throws Exception;
    }

    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean closed;

    private ConsumerLoop(Look look) {
        thread = new Thread(() -> run(look), "benchmark-consumer");
    }

    static ConsumerLoop start(Look look) {
        ConsumerLoop loop = new ConsumerLoop(look);
        loop.thread.start();
        return loop;
    }

    private void run(Look look) {
        while (!closed) {
            try {
                look.once();
            } catch (Exception e) {
                failure.compareAndSet(null, e);
                closed = true;
            }
        }
    }

    /** Lets it come to its end, without waiting for that. */
    void end() {
        closed = true;
    }

    @Override
    public void close() {
        end();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("The consumer failed", failure.get());
        }
    }
}
