package io.scheduler.examples.benchmark;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/** One queue in which more and more messages wait, while others are published and consumed. */
final class WaitingMessages implements GrowthSection.StepLoad {

    private final RoundTrip trip;
    private final Supplier<Message> message;
    private final QueueName name = Sample.newQueue();
    private int waiting;

    private WaitingMessages(RoundTrip trip, Supplier<Message> message) {
        this.trip = trip;
        this.message = message;
    }

    static WaitingMessages ready(RoundTrip trip) {
        return new WaitingMessages(trip, Sample::message);
    }

    /** They wait for a time that does not come during the benchmark. */
    static WaitingMessages delayed(RoundTrip trip) {
        return new WaitingMessages(
                trip,
                () -> Message.builder(Sample.TYPE, Sample.ORDER)
                        .notBefore(Instant.now().plus(Duration.ofDays(1)))
                        .build());
    }

    @Override
    public Map<String, Double> measure(int step) throws Exception {
        trip.fill(name, step - waiting, message);
        waiting = step;
        return trip.run(name);
    }
}
