package io.scheduler.infrastructure.retry;

import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.QueueName;
import io.scheduler.infrastructure.memory.InMemoryMessageQueue;
import io.scheduler.infrastructure.memory.ManualClock;
import io.scheduler.infrastructure.memory.TextCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/**
 * A queue in memory that fails when it is told to, with retrying around it. The timeout ends, by interrupt, what would
 * otherwise wait for an hour.
 */
@Timeout(15)
abstract class RetryingAroundMemory {

    static final QueueName EMAILS = QueueName.of("emails");
    static final Message MESSAGE = Message.builder(MessageType.of("email.send", String.class), "secret")
            .id("42")
            .build();
    static final RetryOptions QUICK = RetryOptions.of(3, Duration.ofMillis(1));

    /** Nobody waits for this delay to end: a test that has to, fails. */
    static final RetryOptions ENDLESS = RetryOptions.of(3, Duration.ofHours(1));

    static final Duration PROMPTLY = Duration.ofSeconds(10);

    private final List<MessageQueue> opened = new ArrayList<>();
    final CapturedLog log = CapturedLog.of(RetryingMessageQueue.class, Level.INFO);
    final MessageQueue memory = new InMemoryMessageQueue(new TextCodec(), new ManualClock());
    final FaultyMessageQueue faulty = new FaultyMessageQueue(memory);
    final RetryingMessageQueue quick = retrying(faulty, QUICK);
    final RetryingMessageQueue endless = retrying(faulty, ENDLESS);

    @AfterEach
    void close() {
        opened.forEach(MessageQueue::close);
        log.close();
    }

    /** Closed after the test, so that no thread of one test is seen by the next. */
    final RetryingMessageQueue retrying(MessageQueue queue, RetryOptions options) {
        RetryingMessageQueue retrying = new RetryingMessageQueue(queue, options);
        opened.add(retrying);
        return retrying;
    }

    final void awaitBackoff() {
        await().atMost(PROMPTLY).until(() -> !log.texts(Level.WARN).isEmpty());
    }

    static Operation operation() {
        return Operation.on("publish", EMAILS, List.of(MESSAGE));
    }
}
