package io.scheduler.core.worker;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A worker's own threads: made when they are needed, ended when they have been idle for a while. */
final class HandlerThreads {

    private static final long IDLE_SECONDS = 30;

    private HandlerThreads() {}

    static ExecutorService of(String name, int count) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                count,
                count,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> new Thread(task, name + "-handler-" + number.incrementAndGet()));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
