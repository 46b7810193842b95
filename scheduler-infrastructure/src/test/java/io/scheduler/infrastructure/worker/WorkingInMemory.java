package io.scheduler.infrastructure.worker;

import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.worker.Worker;
import io.scheduler.core.worker.WorkerBuilder;
import io.scheduler.infrastructure.json.JacksonPayloadCodec;
import io.scheduler.infrastructure.memory.InMemoryBroker;
import io.scheduler.infrastructure.memory.InMemoryMessageQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * A worker on the queue in memory: it knows the port alone, and so what holds here holds on every adapter. What needs a
 * broker that fails is tested on Redis.
 */
@Timeout(60)
abstract class WorkingInMemory {

    static final MessageType<String> NOTE = MessageType.of("note", String.class);
    static final MessageType<Integer> NUMBER = MessageType.of("number", Integer.class);
    static final QueueName NOTES = QueueName.of("notes");
    static final QueueName URGENT = QueueName.of("urgent");
    static final Duration LEASE = Duration.ofSeconds(1);

    final RecordingListener heard = new RecordingListener();
    MessageQueue queue;
    private InMemoryBroker broker;

    @BeforeEach
    void open() {
        broker = new InMemoryBroker(InstantSource.system());
        queue = open(LEASE);
    }

    @AfterEach
    void close() {
        queue.close();
    }

    final WorkerBuilder worker() {
        return worker(queue);
    }

    final WorkerBuilder worker(MessageQueue from) {
        return Worker.on(from).queue(NOTES).listener(heard);
    }

    /** Another consumer of the same queues. */
    final MessageQueue open(Duration lease) {
        return open(lease, 1000);
    }

    final MessageQueue open(Duration lease, int maxAttempts) {
        return InMemoryMessageQueue.builder(new JacksonPayloadCodec(), broker)
                .lease(lease)
                .maxAttempts(maxAttempts)
                .build();
    }

    final void publish(String... notes) {
        for (String note : notes) {
            queue.publish(NOTES, Message.of(NOTE, note));
        }
    }

    final void publishMany(int count) {
        publish(IntStream.range(0, count).mapToObj(String::valueOf).toArray(String[]::new));
    }

    static boolean isInterruptedWithin(Duration time) {
        try {
            Thread.sleep(time.toMillis());
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
