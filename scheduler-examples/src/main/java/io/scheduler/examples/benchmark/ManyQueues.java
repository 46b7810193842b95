package io.scheduler.examples.benchmark;

import io.scheduler.core.queue.QueueName;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The messages are spread over many queues, and one consumer visits them in turns. */
record ManyQueues(RoundTrip trip) implements GrowthSection.StepLoad {

    @Override
    public Map<String, Double> measure(int queues) throws Exception {
        List<QueueName> names = Stream.generate(Sample::newQueue).limit(queues).toList();
        int each = Math.max(1, trip.messages() / queues);
        return trip.run(names, each * queues, Sample::message);
    }
}
