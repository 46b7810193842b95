package io.scheduler.core.worker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;

/** Keeps what a listener throws away from the worker. */
final class SafeListener {

    private static final Logger LOG = System.getLogger(SafeListener.class.getName());

    private final WorkerListener listener;

    SafeListener(WorkerListener listener) {
        this.listener = listener;
    }

    void tell(Consumer<WorkerListener> event) {
        try {
            event.accept(listener);
        } catch (RuntimeException | LinkageError | AssertionError e) {
            LOG.log(Level.WARNING, "A worker's listener failed", e);
        }
    }
}
