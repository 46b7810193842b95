package io.scheduler.examples.benchmark;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How much the threads of this JVM allocate. */
final class Allocated {

    static final String NOTE =
            "Sums of `ThreadMXBean.getThreadAllocatedBytes` over all threads, the client's own included,"
                    + " divided by the messages; that is what JMH's `-prof gc` sums up too.";

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocated() {}

    /** Something that allocates. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    /** Bytes. The threads that do the work have to be there before, and to live on: what ended is not counted. */
    static long during(Action action) throws Exception {
        long before = total();
        action.run();
        return total() - before;
    }

    private static long total() {
        long sum = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }
}
