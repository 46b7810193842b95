package io.scheduler.infrastructure.model;

import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.time.Instant;

/** What is compared with the model: two queue objects on one broker, two queues that do not exist yet, and the time. */
interface Subject {

    int CONSUMERS = 2;
    int QUEUES = 2;

    MessageQueue consumer(int index);

    QueueName queue(int index);

    /** The broker's time. */
    Instant now();

    /** Returns when that much time has passed for the broker. */
    void pass(Duration time);

    /** Whether so little time has passed by itself that nothing can have ended which the model thinks lasts. */
    boolean onTime();
}
