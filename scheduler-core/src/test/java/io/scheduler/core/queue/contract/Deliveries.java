package io.scheduler.core.queue.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Receives what a test expects to come. */
final class Deliveries {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration MOMENT = Duration.ofMillis(200);

    private Deliveries() {}

    /** The next delivery, which has to come. */
    static Delivery next(MessageQueue consumer, QueueName name) {
        List<Delivery> deliveries = consumer.receive(name, 1, PATIENCE);
        assertThat(deliveries).as("the next delivery").hasSize(1);
        return deliveries.get(0);
    }

    /** The next few deliveries, which have to come, in as many calls as it takes. */
    static List<Delivery> next(MessageQueue consumer, QueueName name, int count) {
        List<Delivery> deliveries = new ArrayList<>();
        while (deliveries.size() < count) {
            List<Delivery> more = consumer.receive(name, count - deliveries.size(), PATIENCE);
            assertThat(more)
                    .as("more after %d of %d deliveries", deliveries.size(), count)
                    .isNotEmpty();
            deliveries.addAll(more);
        }
        return deliveries;
    }

    /** Fails if something comes, now or in a moment. */
    static void none(MessageQueue consumer, QueueName name) {
        assertThat(consumer.receive(name, 10, MOMENT)).as("deliveries").isEmpty();
    }

    /** The ids of the messages, in order. */
    static List<String> ids(List<Delivery> deliveries) {
        return deliveries.stream().map(delivery -> delivery.message().id()).toList();
    }
}
