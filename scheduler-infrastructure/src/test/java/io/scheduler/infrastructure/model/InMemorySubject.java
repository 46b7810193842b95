package io.scheduler.infrastructure.model;

import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import io.scheduler.infrastructure.json.JacksonPayloadCodec;
import io.scheduler.infrastructure.memory.InMemoryBroker;
import io.scheduler.infrastructure.memory.InMemoryMessageQueue;
import io.scheduler.infrastructure.memory.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Two queue objects in memory, on a clock that only {@link #pass} turns. */
final class InMemorySubject implements Subject {

    /** Times of delays and passes meet to the second; leases and the window end between the seconds. */
    static final Pace PACE = new Pace(
            60,
            8,
            Duration.ofMillis(10_500),
            3,
            Duration.ofMillis(60_500),
            Stream.of(1, 5, 10, 15, 30).map(Duration::ofSeconds).toList(),
            Stream.of(1, 5, 10, 11, 20, 61).map(Duration::ofSeconds).toList(),
            true);

    private static final JacksonPayloadCodec CODEC = new JacksonPayloadCodec();

    private final ManualClock clock = new ManualClock();
    private final List<MessageQueue> consumers;

    /** Decorates both queue objects, for instance with a fault. */
    InMemorySubject(UnaryOperator<MessageQueue> decoration) {
        InMemoryBroker broker = new InMemoryBroker(clock);
        consumers = Stream.generate(() -> open(broker))
                .limit(CONSUMERS)
                .map(decoration)
                .toList();
    }

    InMemorySubject() {
        this(UnaryOperator.identity());
    }

    private static MessageQueue open(InMemoryBroker broker) {
        return InMemoryMessageQueue.builder(CODEC, broker)
                .lease(PACE.lease())
                .maxAttempts(PACE.maxAttempts())
                .deduplicationWindow(PACE.deduplicationWindow())
                .build();
    }

    @Override
    public MessageQueue consumer(int index) {
        return consumers.get(index);
    }

    @Override
    public QueueName queue(int index) {
        return QueueName.of("q" + index);
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void pass(Duration time) {
        clock.advance(time);
    }

    @Override
    public boolean onTime() {
        return true;
    }
}
