package io.scheduler.infrastructure.redis;

import static org.assertj.core.api.Assumptions.assumeThat;

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
import io.scheduler.infrastructure.json.JacksonMessageCodec;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole contract, on every Redis at hand. */
@ParameterizedClass(name = "{0}")
@EnumSource(RedisUnderTest.class)
class RedisContractTest {

    private static Optional<RedisUnderTest.Running> server = Optional.empty();
    private static MessageQueue shared;

    @Parameter
    RedisUnderTest kind;

    @BeforeParameterizedClassInvocation
    static void start(RedisUnderTest kind) {
        if (kind.missing().isEmpty()) {
            server = Optional.of(kind.start());
            shared = open(ContractSettings.LASTING);
        }
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        server.ifPresent(running -> {
            shared.close();
            running.stop().run();
        });
        server = Optional.empty();
    }

    /** For each test by itself, so that the report counts them as skipped. */
    @BeforeEach
    void skipWhatThisMachineLacks() {
        assumeThat(kind.missing()).as("%s: skipped", kind).isEmpty();
    }

    private static MessageQueue open(ContractSettings settings) {
        assumeThat(server).as("a server to open a queue on").isPresent();
        RedisStreamConfig config = RedisStreamConfig.fromUri(
                        server.orElseThrow().uri())
                .toBuilder()
                .lease(settings.lease())
                .maxAttempts(settings.maxAttempts())
                .build();
        return RedisMessageQueue.open(config, new JacksonMessageCodec());
    }

    interface OnRedis extends ContractSubject {
        @Override
        default MessageQueue queue() {
            return shared;
        }

        @Override
        default MessageQueue newQueue(ContractSettings settings) {
            return open(settings);
        }
    }

    @Test
    void provesEveryAspect() {
        ContractAspects.requireAllIn(RedisContractTest.class);
    }

    @Nested
    class Publishing extends PublishingContract implements OnRedis {}

    @Nested
    class Deduplication extends DeduplicationContract implements OnRedis {}

    @Nested
    class Validation extends ValidationContract implements OnRedis {}

    @Nested
    class Delay extends DelayContract implements OnRedis {}

    @Nested
    class Admin extends AdminContract implements OnRedis {}

    @Nested
    class Receiving extends ReceivingContract implements OnRedis {}

    @Nested
    class Lease extends LeaseContract implements OnRedis {}

    @Nested
    class Settling extends SettlingContract implements OnRedis {}

    @Nested
    class HandingBack extends HandingBackContract implements OnRedis {}

    @Nested
    class GivingUp extends GivingUpContract implements OnRedis {}

    @Nested
    class DeadLetter extends DeadLetterContract implements OnRedis {}

    @Nested
    class Health extends HealthContract implements OnRedis {}

    @Nested
    class Closing extends ClosingContract implements OnRedis {}

    @Nested
    class Concurrency extends ConcurrencyContract implements OnRedis {}
}
