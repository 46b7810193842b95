package io.scheduler.examples;

import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.worker.Worker;
import io.scheduler.infrastructure.MessageQueues;
import io.scheduler.infrastructure.redis.RedisStreamConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The program that {@link CrashExample} kills: a worker that tells of each report that it begins. */
final class DoomedWorker {

    /** The report that it never gets done with. */
    private static final int ENDLESS = 2;

    private static final String BEGINS = "   the first worker begins with report ";

    private DoomedWorker() {}

    /** Starts it in a process of its own. */
    static Process start(ExampleRedis redis) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath",
                System.getProperty("java.class.path"),
                DoomedWorker.class.getName(),
                redis.config().keyPrefix());
        builder.environment().put("REDIS_URL", redis.url());
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** Whether it has come to the report that it never gets done with, by a line that it printed. */
    static boolean isStuck(String line) {
        return line.equals(BEGINS + ENDLESS);
    }

    /** Works until it is killed, or until the example ends, which closes its input. */
    public static void main(String[] args) throws IOException {
        RedisStreamConfig config = RedisStreamConfig.fromEnvironment().toBuilder()
                .keyPrefix(args[0])
                .lease(CrashExample.LEASE)
                .build();
        MessageQueue queue = MessageQueues.redis(config);
        Worker.on(queue)
                .queue(CrashExample.REPORTS)
                .handle(CrashExample.REPORT, DoomedWorker::write)
                .start();
        System.in.read();
        Runtime.getRuntime().halt(1);
    }

    private static void write(int report) throws InterruptedException {
        System.out.println(BEGINS + report);
        if (report == ENDLESS) {
            new CountDownLatch(1).await();
        }
    }
}
