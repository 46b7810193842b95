package io.scheduler.core.queue.contract;

import io.scheduler.core.queue.MessageQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** What the contract is tried on: queues of one adapter, on one broker, and the broker's time. */
public interface ContractSubject {

    /**
     * The queue that most tests use, open, with {@link ContractSettings#LASTING}. All tests may share one instance; it
     * is asked for more than once in each test and once more after it.
     *
     * @return the queue
     */
    MessageQueue queue();

    /**
     * Opens another queue object on the broker of {@link #queue}: what one publishes, the other can receive. The
     * contract closes it, and never lets queue objects of different settings receive from queues of one name.
     *
     * @param settings how to configure it
     * @return a queue object that nobody else uses, open
     */
    MessageQueue newQueue(ContractSettings settings);

    /**
     * What the broker's clock shows.
     *
     * @return the system's time; an adapter whose time is injected returns that
     */
    default Instant now() {
        return Instant.now();
    }

    /**
     * Lets time pass by the broker's clock.
     *
     * <p>This one waits. An adapter whose time is injected moves its clock instead; whoever waits in a receive has to
     * notice that within the poll interval, and goes on waiting in real time.
     *
     * @param time how much
     */
    default void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long rest = time.toNanos(); rest > 0; rest = end - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }

    /**
     * How many bytes an encoded payload may have.
     *
     * @return the limit of the queues here; 1 MiB unless this is overridden
     */
    default int maxPayloadSize() {
        return 1024 * 1024;
    }

    /**
     * How long closing may take.
     *
     * @return the bound that the adapter states; 10 seconds unless this is overridden
     */
    default Duration closesWithin() {
        return Duration.ofSeconds(10);
    }
}
