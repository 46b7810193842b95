package io.scheduler.infrastructure.soak;

import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.soak.Law;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A mistake that an adapter could make, and the law that it breaks first. It is in a queue that is right but for it,
 * most often only now and then.
 */
interface PlantedBug {

    static List<PlantedBug> all() {
        return Stream.<PlantedBug[]>of(
                        PublishingBug.values(), HandoutBug.values(), SettlementBug.values(), CallBug.values())
                .flatMap(Stream::of)
                .toList();
    }

    Law law();

    /** The decoration that all queue objects of one broker share. */
    UnaryOperator<MessageQueue> plant();

    default int maxAttempts() {
        return InMemorySoakSubject.MAX_ATTEMPTS;
    }

    /** How a bug gets into a queue. */
    interface Planting {
        UnaryOperator<MessageQueue> plant(Sometimes sometimes);
    }

    /** A bug of deliveries. */
    static UnaryOperator<MessageQueue> deliveries(UnaryOperator<Delivery> alteration) {
        return queue -> new BrokenQueue(queue) {
            @Override
            Delivery broken(Delivery delivery) {
                return alteration.apply(delivery);
            }
        };
    }
}
