package io.scheduler.infrastructure.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scheduler.core.message.Message;
import io.scheduler.core.message.MessageType;
import io.scheduler.core.queue.Delivery;
import io.scheduler.core.queue.ForwardingMessageQueue;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.Operation;
import io.scheduler.core.queue.QueueName;
import io.scheduler.core.queue.QueueStats;
import io.scheduler.core.queue.QueueUnavailableException;
import io.scheduler.infrastructure.json.JacksonPayloadCodec;
import io.scheduler.infrastructure.memory.InMemoryMessageQueue;
import io.scheduler.infrastructure.memory.ManualClock;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class QueueMetricsTest {

    private static final QueueName NOTES = QueueName.of("notes");
    private static final QueueName EMPTY = QueueName.of("empty");
    private static final MessageType<String> NOTE = MessageType.of("note", String.class);
    private static final List<String> FIGURES =
            List.of("ready", "delayed", "in.flight", "dead", "consumers", "oldest.ready.age");

    private final ManualClock brokerClock = new ManualClock(Instant.parse("2026-11-23T10:15:30Z"));
    private final MockClock registryClock = new MockClock();
    private final MeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, registryClock);
    private final Logger logger = (Logger) LoggerFactory.getLogger(RecentStats.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final WatchedQueue queue =
            new WatchedQueue(new InMemoryMessageQueue(new JacksonPayloadCodec(), brokerClock));

    @BeforeEach
    void bind() {
        log.start();
        logger.setAdditive(false);
        logger.addAppender(log);
        new QueueMetrics(queue, NOTES, EMPTY).bindTo(registry);
    }

    @AfterEach
    void close() {
        queue.close();
        logger.detachAppender(log);
        logger.setAdditive(true);
    }

    @Test
    void everyFigureOfAQueueIsShown() {
        publish(7);
        List<Delivery> deliveries = queue.receive(NOTES, 4, Duration.ZERO);
        deliveries.get(0).reject("it is dead");
        deliveries.get(1).nack(Duration.ofHours(1));
        brokerClock.advance(Duration.ofMillis(2500));

        assertThat(gauge(NOTES, "ready")).isEqualTo(3);
        assertThat(gauge(NOTES, "delayed")).isEqualTo(1);
        assertThat(gauge(NOTES, "in.flight")).isEqualTo(2);
        assertThat(gauge(NOTES, "dead")).isEqualTo(1);
        assertThat(gauge(NOTES, "consumers")).isEqualTo(1);
        assertThat(gauge(NOTES, "oldest.ready.age")).isEqualTo(2.5);
    }

    @Test
    void anEmptyQueueShowsZeroesBesideOneThatIsNot() {
        publish(1);

        assertThat(FIGURES)
                .allSatisfy(figure -> assertThat(gauge(EMPTY, figure)).isZero());
    }

    @Test
    void aQueueIsAskedOnceASecondForAllItsFigures() {
        FIGURES.forEach(figure -> gauge(NOTES, figure));
        registryClock.add(Duration.ofMillis(999));
        publish(1);
        assertThat(gauge(NOTES, "ready")).isZero();
        assertThat(queue.asked).isEqualTo(1);

        registryClock.add(Duration.ofMillis(1));
        FIGURES.forEach(figure -> gauge(NOTES, figure));

        assertThat(gauge(NOTES, "ready")).isEqualTo(1);
        assertThat(queue.asked).isEqualTo(2);
    }

    @Test
    void bindingAsksNothing() {
        assertThat(queue.asked).isZero();
    }

    @Test
    void aQueueThatCannotBeReachedShowsNothingAndIsAskedNoMoreOftenThanOthers() {
        publish(1);
        assertThat(gauge(NOTES, "ready")).isEqualTo(1);
        queue.down = true;
        registryClock.add(Duration.ofSeconds(1));

        assertThat(FIGURES)
                .allSatisfy(figure -> assertThat(gauge(NOTES, figure)).isNaN());
        assertThat(queue.asked).isEqualTo(2);

        queue.down = false;
        registryClock.add(Duration.ofSeconds(1));
        assertThat(gauge(NOTES, "ready")).isEqualTo(1);
    }

    @Test
    void aQueueThatHangsIsWaitedForOnceAndNotOnceAFigure() {
        queue.down = true;
        queue.timeout = Duration.ofSeconds(10);

        assertThat(FIGURES)
                .allSatisfy(figure -> assertThat(gauge(NOTES, figure)).isNaN());

        assertThat(queue.asked).isEqualTo(1);
    }

    @Test
    void anOutageIsLoggedOnce() {
        for (int outage = 0; outage < 2; outage++) {
            queue.down = true;
            for (int scrape = 0; scrape < 3; scrape++) {
                gauge(NOTES, "ready");
                registryClock.add(Duration.ofSeconds(1));
            }
            queue.down = false;
            gauge(NOTES, "ready");
            registryClock.add(Duration.ofSeconds(1));
        }

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "The gauges of queue 'notes' show nothing until it can be reached",
                        "The gauges of queue 'notes' show nothing until it can be reached");
    }

    @Test
    void aQueueThatWasClosedShowsNothing() {
        queue.close();

        assertThat(FIGURES)
                .allSatisfy(figure -> assertThat(gauge(NOTES, figure)).isNaN());
    }

    private void publish(int messages) {
        for (int i = 0; i < messages; i++) {
            queue.publish(NOTES, Message.of(NOTE, "note " + i));
        }
    }

    private double gauge(QueueName of, String figure) {
        Gauge gauge = registry.get("scheduler.queue." + figure)
                .tag("queue", of.value())
                .gauge();
        return gauge.value();
    }

    /**
     * Counts how often it is asked, and can go down; the time that a call then takes passes on the registry's clock.
     */
    private final class WatchedQueue extends ForwardingMessageQueue {

        private final MessageQueue delegate;
        private int asked;
        private boolean down;
        private Duration timeout = Duration.ZERO;

        WatchedQueue(MessageQueue delegate) {
            this.delegate = delegate;
        }

        @Override
        protected MessageQueue delegate() {
            return delegate;
        }

        @Override
        public QueueStats stats(QueueName of) {
            asked++;
            if (down) {
                registryClock.add(timeout);
                throw new QueueUnavailableException(
                        Operation.on("stats", of), "nobody is there", new ConnectException("refused"));
            }
            return delegate.stats(of);
        }
    }
}
