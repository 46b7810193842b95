package io.scheduler.core.worker;

/** Does something when the JVM shuts down, unless it is taken back before. */
final class ShutdownHook {

    private final Thread thread;

    ShutdownHook(String name, Runnable action) {
        this.thread = new Thread(action, name);
    }

    void add() {
        Runtime.getRuntime().addShutdownHook(thread);
    }

    void remove() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException e) {
            // The JVM is shutting down already, and perhaps this is the hook.
            return;
        }
    }
}
