package io.scheduler.infrastructure.soak;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often something could go wrong. Safe for use by several threads. */
final class Sometimes {

    private final AtomicInteger count = new AtomicInteger();

    /** True once in so many times. */
    boolean isNext(int every) {
        return count.incrementAndGet() % every == 0;
    }
}
