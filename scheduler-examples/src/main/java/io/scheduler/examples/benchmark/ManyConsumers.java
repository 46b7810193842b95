package io.scheduler.examples.benchmark;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Many threads receive from one queue, through one {@code MessageQueue}, up to a hundred messages at a time. */
record ManyConsumers(RoundTrip trip) implements GrowthSection.StepLoad {

    private static final Duration WAIT = Duration.ofMillis(20);

    @Override
    public Map<String, Double> measure(int consumers) throws Exception {
        QueueName name = Sample.newQueue();
        trip.fill(name, trip.messages(), Sample::message);
        Countdown left = new Countdown(trip.messages());
        double rate = Threads.rate(
                consumers,
                Duration.ofMinutes(1),
                () -> left.until(() -> {
                    List<Delivery> deliveries = trip.queue().receive(name, 100, WAIT);
                    trip.queue().ackAll(deliveries);
                    return deliveries.size();
                }));
        return Map.of(RoundTrip.CONSUMING, rate);
    }
}
