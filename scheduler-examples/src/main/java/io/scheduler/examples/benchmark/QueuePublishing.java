package io.scheduler.examples.benchmark;

import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;

/** Publishes through the library, with deduplication and retrying as they are by default. */
record QueuePublishing(MessageQueue queue) {

    double blocking(int callers, Duration time) throws Exception {
        QueueName name = Sample.newQueue();
        return Threads.rate(callers, time, () -> () -> {
            queue.publish(name, Sample.message());
            return 1;
        });
    }

    double async(int inFlight, Duration time) throws InterruptedException {
        QueueName name = Sample.newQueue();
        return InFlight.rate(inFlight, time, 1, () -> queue.publishAsync(name, Sample.message()));
    }

    double lists(int callers, int size, Duration time) throws Exception {
        QueueName name = Sample.newQueue();
        return Threads.rate(callers, time, () -> () -> {
            queue.publishAll(name, Sample.messages(size));
            return size;
        });
    }
}
