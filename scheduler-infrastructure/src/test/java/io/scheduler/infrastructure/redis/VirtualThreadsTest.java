package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VirtualThreadsTest {

    @Test
    void othersAreNotVirtual() {
        assertThat(VirtualThreads.isVirtual(Thread.currentThread())).isFalse();
    }

    @Test
    void virtualOnesAre() throws Exception {
        assumeThat(Runtime.version().feature()).as("Java").isGreaterThanOrEqualTo(21);
        Executor virtual = (Executor)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);

        assertThat(CompletableFuture.supplyAsync(() -> VirtualThreads.isVirtual(Thread.currentThread()), virtual)
                        .get(30, TimeUnit.SECONDS))
                .isTrue();
    }
}
