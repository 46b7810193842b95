package io.scheduler.core.queue.contract;

import io.scheduler.core.message.Message;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Timeout;

/**
 * What the aspects of the contract share: for each test a fresh name, deleted afterwards, and further queue objects,
 * closed afterwards. A test that hangs fails after a minute.
 */
@DisplayNameGeneration(RuleNames.class)
@Timeout(60)
public abstract class QueueContract implements ContractSubject {

    /** A delivery, and the time that the broker's clock showed when it was there. */
    record Arrival(Delivery delivery, Instant time) {}

    private final List<QueueName> names = new ArrayList<>();
    private final List<MessageQueue> opened = new ArrayList<>();

    /** A queue that does not exist yet. */
    QueueName orders;

    /** For the aspects. */
    QueueContract() {}

    @BeforeEach
    final void chooseAName() {
        orders = newName("orders");
    }

    @AfterEach
    @Timeout(60)
    final void closeAndDeleteWhatWasUsed() {
        opened.forEach(MessageQueue::close);
        names.forEach(name -> queue().delete(name));
    }

    /** Another queue object, which is closed after this test. */
    final MessageQueue open(ContractSettings settings) {
        MessageQueue another = newQueue(settings);
        opened.add(another);
        return another;
    }

    /** A name that nobody has used, for a queue that this test may create. */
    final QueueName newName(String prefix) {
        return remember(QueueName.of(prefix + "-" + UUID.randomUUID()));
    }

    /** Has the queue of that name deleted after this test. */
    final QueueName remember(QueueName name) {
        names.add(name);
        return name;
    }

    /** The next delivery out of {@link #orders}, waited for, and when it came. */
    final Arrival nextArrival() {
        List<Delivery> deliveries = queue().receive(orders, 1, Waiting.LONG);
        return new Arrival(deliveries.get(0), now());
    }

    /** A message that stays delayed for as long as a test takes. */
    final Message inAnHour() {
        return notBefore(now().plus(Duration.ofHours(1)));
    }

    static Message notBefore(Instant instant) {
        return Messages.builder().notBefore(instant).build();
    }
}
