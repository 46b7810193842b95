package io.scheduler.core.queue.contract;

import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.QueueName;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Timeout;

/**
 * What the aspects of the contract share: the queue under test, and for each test a fresh name, deleted afterwards. A
 * test that hangs fails after a minute.
 */
@DisplayNameGeneration(RuleNames.class)
@Timeout(60)
public abstract class QueueContract {

    private final List<QueueName> names = new ArrayList<>();

    /** A queue that does not exist yet. */
    QueueName orders;

    /** For the aspects. */
    QueueContract() {}

    /**
     * The queue under test, open. All tests may share one instance; it is asked for more than once in each test and
     * once more after it.
     *
     * @return the queue
     */
    protected abstract MessageQueue queue();

    @BeforeEach
    final void chooseAName() {
        orders = newName("orders");
    }

    @AfterEach
    @Timeout(60)
    final void deleteWhatWasUsed() {
        names.forEach(queue()::delete);
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
}
