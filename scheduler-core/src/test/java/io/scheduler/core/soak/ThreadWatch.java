package io.scheduler.core.soak;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Knows which threads there were, and finds those that should have ended. */
final class ThreadWatch {

    /** Of the JDK, and of nobody in particular. */
    private static final Set<String> SHARED =
            Set.of("ForkJoinPool.commonPool", "process reaper", "Attach Listener", "CompletableFutureDelayScheduler");

    private final SoakSubject subject;
    private final Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());

    ThreadWatch(SoakSubject subject) {
        this.subject = subject;
    }

    /** Threads that were started since, are nobody's own, and have not ended although closing may not take longer. */
    Set<String> left() {
        long end = System.nanoTime() + subject.closesWithin().toNanos();
        Set<String> left = now();
        while (!left.isEmpty() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            left = now();
        }
        return left;
    }

    private Set<String> now() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && thread != Thread.currentThread())
                .filter(thread -> !subject.isOwn(thread))
                .map(Thread::getName)
                .filter(name -> SHARED.stream().noneMatch(name::startsWith))
                .collect(Collectors.toSet());
    }
}
