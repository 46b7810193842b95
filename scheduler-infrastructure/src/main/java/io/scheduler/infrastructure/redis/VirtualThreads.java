package io.scheduler.infrastructure.redis;

import java.lang.reflect.Method;
import java.util.Optional;

/** Tells virtual threads, which Java has had since 21, from others. */
final class VirtualThreads {

    private static final Optional<Method> IS_VIRTUAL = isVirtual();

    private VirtualThreads() {}

    private static Optional<Method> isVirtual() {
        try {
            return Optional.of(Thread.class.getMethod("isVirtual"));
        } catch (NoSuchMethodException older) {
            return Optional.empty();
        }
    }

    static boolean isVirtual(Thread thread) {
        try {
            return IS_VIRTUAL.isPresent() && (boolean) IS_VIRTUAL.get().invoke(thread);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Thread.isVirtual() of this Java cannot be called", e);
        }
    }
}
