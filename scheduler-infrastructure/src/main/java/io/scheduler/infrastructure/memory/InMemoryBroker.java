package io.scheduler.infrastructure.memory;

import io.scheduler.core.queue.QueueName;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What several {@link InMemoryMessageQueue}s share, as programs share a server: the queues, and the time. For tests of
 * what one consumer does with the messages that another one left behind:
 *
 * <pre>{@code
 * InMemoryBroker broker = new InMemoryBroker(clock);
 * MessageQueue first = InMemoryMessageQueue.builder(codec, broker).build();
 * MessageQueue second = InMemoryMessageQueue.builder(codec, broker).lease(Duration.ofSeconds(5)).build();
 * }</pre>
 *
 * <p>It holds no thread and needs no closing. Safe for use by several threads.
 */
public final class InMemoryBroker {

    private final InstantSource clock;

    /** Guards everything below, and every {@link MemoryQueue}. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final Map<QueueName, MemoryQueue> queues = new HashMap<>();
    private long numbers;

    /**
     * A broker without any queue.
     *
     * @param clock tells the time, {@link InstantSource#system()} outside of tests; it should not run backwards
     */
    public InMemoryBroker(InstantSource clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Held by whoever calls the methods below. */
    ReentrantLock lock() {
        return lock;
    }

    /** Signalled when a message becomes ready; what only the clock changes is seen by looking again. */
    Condition changed() {
        return changed;
    }

    /** A queue as it is now; empty if there is none of that name. */
    Optional<MemoryQueue> existing(QueueName queue) {
        return Optional.ofNullable(queues.get(queue)).map(state -> state.at(clock.instant()));
    }

    /** A queue as it is now, created if there is none of that name. */
    MemoryQueue created(QueueName queue) {
        return queues.computeIfAbsent(queue, name -> new MemoryQueue(name, () -> ++numbers, changed::signalAll))
                .at(clock.instant());
    }

    /** Removes a queue, and returns whether there was one. */
    boolean delete(QueueName queue) {
        return queues.remove(queue) != null;
    }

    /** Ends all that a queue object waits for, and no longer counts it as a consumer. */
    void leave(Session consumer) {
        queues.values().forEach(queue -> queue.leave(consumer));
        changed.signalAll();
    }
}
