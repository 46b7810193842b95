package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueException;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/**
 * A publisher and two consumers that go on whatever happens, and what became of each message: what the queue said was
 * stored, and what was delivered.
 */
final class Traffic implements AutoCloseable {

    private static final MessageType<String> NOTE = MessageType.of("note", String.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MessageQueue queue;
    private final QueueName name;
    private final Set<String> stored = ConcurrentHashMap.newKeySet();
    private final Set<String> attempted = ConcurrentHashMap.newKeySet();
    private final Set<String> delivered = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<QueueException> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> consumers;
    private final Thread publisher;
    private volatile boolean publishing = true;
    private volatile boolean consuming = true;

    private Traffic(MessageQueue queue, QueueName name) {
        this.queue = queue;
        this.name = name;
        this.publisher = new Thread(this::publish, "traffic-publisher");
        this.consumers = List.of(
                new Thread(this::consume, "traffic-consumer-1"), new Thread(this::consume, "traffic-consumer-2"));
    }

    static Traffic on(MessageQueue queue, QueueName name) {
        Traffic traffic = ofPublications(queue, name);
        traffic.startConsuming();
        return traffic;
    }

    /** Nobody consumes yet, so that everything is in the queue, and can be lost. */
    static Traffic ofPublications(MessageQueue queue, QueueName name) {
        Traffic traffic = new Traffic(queue, name);
        traffic.publisher.start();
        return traffic;
    }

    void startConsuming() {
        consumers.forEach(Thread::start);
    }

    /** Waits until so many messages more were stored than now. */
    void awaitFurtherStored(int count) {
        int storedNow = stored.size();
        Awaitility.await("publications go on; the last failures are " + failures)
                .atMost(PATIENCE)
                .until(() -> stored.size() >= storedNow + count);
    }

    /** Waits until so many messages more were stored and delivered than now: until all is well again. */
    void awaitFurther(int count) {
        int storedNow = stored.size();
        int deliveredNow = delivered.size();
        Awaitility.await("traffic flows; the last failures are " + failures)
                .atMost(PATIENCE)
                .until(() -> stored.size() >= storedNow + count && delivered.size() >= deliveredNow + count);
    }

    /** The ids of those messages of which the queue has said up to now that they are stored. */
    Set<String> stored() {
        return new HashSet<>(stored);
    }

    /** What the calls failed with that were not done, and not repeated with success. */
    List<QueueException> failures() {
        return List.copyOf(failures);
    }

    void stopPublishing() {
        publishing = false;
        join(publisher);
    }

    /** Waits until all of these were delivered, and checks that nothing was that nobody has published. */
    void awaitDelivered(Set<String> ids) {
        Awaitility.await("everything that must not be lost").atMost(PATIENCE).untilAsserted(() -> {
            Set<String> missing = new HashSet<>(ids);
            missing.removeAll(delivered);
            assertThat(missing).isEmpty();
        });
        assertThat(attempted).containsAll(delivered);
    }

    @Override
    public void close() {
        stopPublishing();
        consuming = false;
        consumers.forEach(Traffic::join);
    }

    private void publish() {
        while (publishing) {
            Message message = Message.of(NOTE, "x");
            attempted.add(message.id());
            try {
                queue.publish(name, message);
                stored.add(message.id());
            } catch (QueueException e) {
                failures.add(e);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private void consume() {
        while (consuming) {
            try {
                for (Delivery delivery : queue.receive(name, 10, Duration.ofMillis(200))) {
                    delivered.add(delivery.message().id());
                    delivery.ack();
                }
            } catch (QueueException e) {
                failures.add(e);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(60));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
