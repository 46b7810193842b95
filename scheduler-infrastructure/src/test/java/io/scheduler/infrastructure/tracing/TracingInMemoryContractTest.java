package io.scheduler.infrastructure.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.scheduler.core.queue.MessageQueue;
import io.scheduler.core.queue.contract.AdminContract;
import io.scheduler.core.queue.contract.ClosingContract;
import io.scheduler.core.queue.contract.ConcurrencyContract;
import io.scheduler.core.queue.contract.ContractAspects;
import io.scheduler.core.queue.contract.ContractSettings;
import io.scheduler.core.queue.contract.ContractSubject;
import io.scheduler.core.queue.contract.DeadLetterContract;
import io.scheduler.core.queue.contract.DeduplicationContract;
import io.scheduler.core.queue.contract.DelayContract;
import io.scheduler.core.queue.contract.GivingUpContract;
import io.scheduler.core.queue.contract.HandingBackContract;
import io.scheduler.core.queue.contract.HealthContract;
import io.scheduler.core.queue.contract.LeaseContract;
import io.scheduler.core.queue.contract.PublishingContract;
import io.scheduler.core.queue.contract.ReceivingContract;
import io.scheduler.core.queue.contract.SettlingContract;
import io.scheduler.core.queue.contract.ValidationContract;
import io.scheduler.infrastructure.json.JacksonPayloadCodec;
import io.scheduler.infrastructure.memory.InMemoryBroker;
import io.scheduler.infrastructure.memory.InMemoryMessageQueue;
import io.scheduler.infrastructure.memory.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The whole contract through the tracing decorator, around another adapter. */
class TracingInMemoryContractTest {

    private static final TracePropagation TRACING = new TracePropagation(OpenTelemetry.noop());
    private static final ManualClock CLOCK = new ManualClock(Instant.parse("2026-11-23T10:15:30Z"));
    private static final InMemoryBroker BROKER = new InMemoryBroker(CLOCK);
    private static final MessageQueue SHARED = open(ContractSettings.LASTING);

    private static MessageQueue open(ContractSettings settings) {
        MessageQueue queue = InMemoryMessageQueue.builder(new JacksonPayloadCodec(), BROKER)
                .lease(settings.lease())
                .maxAttempts(settings.maxAttempts())
                .build();
        return TRACING.publishing(queue);
    }

    interface InMemory extends ContractSubject {
        @Override
        default MessageQueue queue() {
            return SHARED;
        }

        @Override
        default MessageQueue newQueue(ContractSettings settings) {
            return open(settings);
        }

        @Override
        default Instant now() {
            return CLOCK.instant();
        }

        @Override
        default void pass(Duration time) {
            CLOCK.advance(time);
        }
    }

    @Test
    void provesEveryAspect() {
        ContractAspects.requireAllIn(TracingInMemoryContractTest.class);
    }

    @Nested
    class Publishing extends PublishingContract implements InMemory {}

    @Nested
    class Deduplication extends DeduplicationContract implements InMemory {}

    @Nested
    class Validation extends ValidationContract implements InMemory {}

    @Nested
    class Delay extends DelayContract implements InMemory {}

    @Nested
    class Admin extends AdminContract implements InMemory {}

    @Nested
    class Receiving extends ReceivingContract implements InMemory {}

    @Nested
    class Lease extends LeaseContract implements InMemory {}

    @Nested
    class Settling extends SettlingContract implements InMemory {}

    @Nested
    class HandingBack extends HandingBackContract implements InMemory {}

    @Nested
    class GivingUp extends GivingUpContract implements InMemory {}

    @Nested
    class DeadLetter extends DeadLetterContract implements InMemory {}

    @Nested
    class Health extends HealthContract implements InMemory {}

    @Nested
    class Closing extends ClosingContract implements InMemory {}

    @Nested
    class Concurrency extends ConcurrencyContract implements InMemory {}
}
