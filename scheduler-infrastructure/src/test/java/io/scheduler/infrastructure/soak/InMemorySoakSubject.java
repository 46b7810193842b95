package io.scheduler.infrastructure.soak;

import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.soak.OpenedQueue;
import io.scheduler.core.soak.SoakSubject;
import io.scheduler.infrastructure.json.JacksonPayloadCodec;
import io.scheduler.infrastructure.memory.InMemoryBroker;
import io.scheduler.infrastructure.memory.InMemoryMessageQueue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/** Queues in memory: nothing fails but handlers and consumers, unless the decoration does. */
class InMemorySoakSubject implements SoakSubject {

    static final Duration LEASE = Duration.ofMillis(700);
    static final int MAX_ATTEMPTS = 6;

    /** Nothing is waited for but a lock, and a turn on a busy machine. */
    static final Duration CALLS_END_WITHIN = Duration.ofSeconds(2);

    private final InMemoryBroker broker = new InMemoryBroker(InstantSource.system());
    private final UnaryOperator<MessageQueue> decoration;
    private final Duration lease;
    private final int maxAttempts;

    InMemorySoakSubject() {
        this(queue -> queue, LEASE, MAX_ATTEMPTS);
    }

    InMemorySoakSubject(UnaryOperator<MessageQueue> decoration, Duration lease, int maxAttempts) {
        this.decoration = decoration;
        this.lease = lease;
        this.maxAttempts = maxAttempts;
    }

    @Override
    public OpenedQueue open(int number) {
        MessageQueue queue = InMemoryMessageQueue.builder(new JacksonPayloadCodec(), broker)
                .lease(lease)
                .maxAttempts(maxAttempts)
                .deduplicationWindow(deduplicationWindow())
                .build();
        return OpenedQueue.of(decoration.apply(queue), CALLS_END_WITHIN);
    }

    @Override
    public int maxAttempts() {
        return MAX_ATTEMPTS;
    }

    @Override
    public Duration closesWithin() {
        return Duration.ofSeconds(2);
    }

    @Override
    public Duration drainsWithin() {
        return Duration.ofSeconds(15);
    }

    @Override
    public Duration deduplicationWindow() {
        return Duration.ofSeconds(30);
    }
}
